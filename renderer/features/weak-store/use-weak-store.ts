// Where the system's key store protects weakly, the user is asked before a secret is kept. Asked once a form.
import { useState } from 'react';
import { useCall } from '../../api/use-call.ts';

export interface WeakStore {
  /** A secret is typed and the user has not agreed: it must not be kept yet. */
  asks: boolean;
  /** The question stands on the screen: a secret is typed here. */
  isConcerned: boolean;
  agreed: boolean;
  agree: (agreed: boolean) => void;
}

/** `hasSecret`: what is to be kept holds a secret. */
export function useWeakStore(hasSecret: boolean): WeakStore {
  const isWeak = useCall('status.get', {}).data?.weakKeyStore === true;
  const [agreed, agree] = useState(false);
  const isConcerned = isWeak && hasSecret;
  return { asks: isConcerned && !agreed, isConcerned, agreed, agree };
}
