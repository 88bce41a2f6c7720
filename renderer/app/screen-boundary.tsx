// Catches what a screen throws while it renders, says so and offers to load it again; the frame around it stays usable. Screens are
// fetched when they are first opened: one that could not be, since Hookbench does not answer, comes by itself when it does.
import { Component, type ReactNode, useEffect, useState } from 'react';
import { useLinkState } from '../api/use-client.tsx';
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
    return <FailedScreen message={message} />;
  }
}

const reload = () => window.location.reload();

function FailedScreen({ message }: { message: string }) {
  const link = useLinkState();
  const [wasAway, setAway] = useState(link !== 'open');
  if (link !== 'open' && !wasAway) setAway(true);
  useEffect(() => {
    if (wasAway && link === 'open') reload();
  }, [wasAway, link]);
  return (
    <div className={styles.failed}>
      {wasAway ? (
        // No button: a reload now would leave the page for an error of the browser.
        <ProblemNotice tone="warn" what={text.frame.awayTitle} why={text.frame.awayWhy} />
      ) : (
        <ProblemNotice
          what={text.frame.crashTitle}
          why={message}
          toDo={text.frame.crashWhy}
          action={{ label: text.frame.crashAction, onPress: reload }}
        />
      )}
    </div>
  );
}
