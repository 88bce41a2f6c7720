// What the inputs of a field's value have in common.
export interface InputProps {
  label: string;
  description: string;
  error: string | undefined;
  /** The value as `typedOf` gives it. */
  typed: string;
  onType: (typed: string) => void;
}
