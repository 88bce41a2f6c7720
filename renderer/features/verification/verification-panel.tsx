// Verification of one connection: its state, how calls are signed, the secrets that are set, and a probe that shows that it works.
import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { ConnectionVerification } from '#contract';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import { EndpointProbe } from './endpoint-probe.tsx';
import { SchemeForm } from './scheme-form.tsx';
import { SecretForm } from './secret-form.tsx';
import { SecretList } from './secret-list.tsx';
import { useVerification } from './use-verification.ts';
import classes from './verification-panel.module.css';
import { stateLooks } from './verification-tones.ts';

const words = text.verification;

/** `headless` where the frame around it has the title already. */
export function VerificationPanel({
  connectionId,
  headless = false,
}: {
  connectionId: string;
  headless?: boolean;
}) {
  const { verification, problem, refetch } = useVerification(connectionId);
  if (!verification) {
    return problem ? (
      <ProblemNotice
        {...problemWords(problem, words.notRead)}
        action={{ label: text.problems.tryAgain, onPress: refetch }}
      />
    ) : (
      <Skeleton className={classes.skeleton} />
    );
  }
  return (
    <section className={classes.panel} {...(headless ? {} : { 'aria-label': words.title })}>
      <div className={classes.head}>
        {!headless && <h2 className={classes.title}>{words.title}</h2>}
        <StateBadge {...stateLooks[verification.state]}>{words.states[verification.state]}</StateBadge>
      </div>
      <p className={classes.words}>{aboutOf(verification)}</p>
      {verification.vaultFault !== undefined && (
        <ProblemNotice tone="warn" what={words.noVault} why={verification.vaultFault} />
      )}
      <Scheme verification={verification} onChanged={refetch} />
      {verification.takesSecret && <Secrets verification={verification} onChanged={refetch} />}
      {verification.takesVerifyToken && <VerifyToken verification={verification} onChanged={refetch} />}
      <EndpointProbe connectionId={connectionId} />
    </section>
  );
}

function aboutOf({ state, mayChoose }: ConnectionVerification): string {
  return state === 'notCheckable' && !mayChoose ? words.about.unsupported : words.about[state];
}

interface PartProps {
  verification: ConnectionVerification;
  onChanged: () => void;
}

function Scheme({ verification, onChanged }: PartProps) {
  const { scheme, mayChoose, chosen } = verification;
  const [editing, setEditing] = useState(false);
  if (editing) {
    return (
      <SchemeForm
        verification={verification}
        onDone={() => {
          setEditing(false);
          onChanged();
        }}
        onCancel={() => setEditing(false)}
      />
    );
  }
  return (
    <div className={classes.part}>
      {scheme && (
        <p className={classes.scheme}>
          <span className={classes.label}>{words.signing}</span> {scheme.text}
        </p>
      )}
      {mayChoose && (
        <div>
          <Button size="xs" variant="default" onClick={() => setEditing(true)}>
            {chosen ? words.changeScheme : words.chooseScheme}
          </Button>
        </div>
      )}
    </div>
  );
}

function Secrets({ verification, onChanged }: PartProps) {
  const { connectionId, secrets, secretHint } = verification;
  const [asking, setAsking] = useState<'set' | 'add'>();
  const isSet = secrets.length > 0;
  return (
    <div className={classes.part}>
      <SecretList connectionId={connectionId} secrets={secrets} onChanged={onChanged} />
      {asking === undefined ? (
        <div className={classes.actions}>
          <Button size="xs" variant={isSet ? 'default' : 'light'} onClick={() => setAsking('set')}>
            {isSet ? words.replaceSecret : words.setSecret}
          </Button>
          {isSet && (
            <Button size="xs" variant="default" onClick={() => setAsking('add')}>
              {words.addSecret}
            </Button>
          )}
        </div>
      ) : (
        <SecretForm
          key={asking}
          connectionId={connectionId}
          purpose="signature"
          add={asking === 'add'}
          label={words.secretLabels[asking === 'add' ? 'add' : isSet ? 'replace' : 'set']}
          about={[secretHint, asking === 'add' ? words.addAbout : undefined].filter(Boolean).join(' ')}
          placeholder={verification.scheme?.kind === 'basic' ? words.basicPlaceholder : undefined}
          onDone={() => {
            setAsking(undefined);
            onChanged();
          }}
          onCancel={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}

function VerifyToken({ verification, onChanged }: PartProps) {
  const { connectionId, verifyToken } = verification;
  const [asking, setAsking] = useState(false);
  return (
    <div className={classes.part}>
      <h3 className={classes.partTitle}>{words.verifyToken}</h3>
      <p className={classes.words}>{words.verifyTokenAbout}</p>
      {verifyToken && (
        <SecretList connectionId={connectionId} secrets={[verifyToken]} isToken onChanged={onChanged} />
      )}
      {asking ? (
        <SecretForm
          connectionId={connectionId}
          purpose="verifyToken"
          add={false}
          label={words.verifyToken}
          about={words.verifyTokenHint}
          onDone={() => {
            setAsking(false);
            onChanged();
          }}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <div>
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {verifyToken ? words.replaceVerifyToken : words.setVerifyToken}
          </Button>
        </div>
      )}
    </div>
  );
}
