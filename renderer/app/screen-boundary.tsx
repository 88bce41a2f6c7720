// Catches what a screen throws while it renders, says so and offers to load it again; the frame around it stays usable.
import { Component, type ReactNode } from 'react';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { text } from '../text/en.ts';
import styles from './screen-boundary.module.css';

interface Props {
  /** Another address is another screen: what failed before is forgotten. */
  address: string;
  children: ReactNode;
}

interface State {
  failure: { error: unknown; address: string } | undefined;
}

export class ScreenBoundary extends Component<Props, State> {
  override state: State = { failure: undefined };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failure: { error, address: window.location.pathname } };
  }

  override render() {
    const { failure } = this.state;
    if (!failure || failure.address !== this.props.address) return this.props.children;
    const message = failure.error instanceof Error ? failure.error.message : String(failure.error);
    return (
      <div className={styles.failed}>
        <ProblemNotice
          what={text.frame.crashTitle}
          why={message}
          toDo={text.frame.crashWhy}
          action={{ label: text.frame.crashAction, onPress: () => window.location.reload() }}
        />
      </div>
    );
  }
}
