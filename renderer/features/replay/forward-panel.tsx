// Rules that pass new calls on: made, switched, changed, deleted with undo; each with its last results.
import { Button, Switch } from '@mantine/core';
import { IconArrowForwardUp, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { ForwardRule } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Panel } from '../../design/panel.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import { offerUndo } from '../solutions/offer-undo.tsx';
import { ForwardForm } from './forward-form.tsx';
import classes from './simulator.module.css';

const words = text.forward;
const shownResults = 20;

export function ForwardPanel() {
  const { data, problem, refetch } = useCall('forwards.list', {});
  useEvent('forwards.changed', refetch);
  const [edited, setEdited] = useState<ForwardRule | 'new'>();
  const newRule = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
      {words.newRule}
    </Button>
  );
  const rules = data?.rules ?? [];
  return (
    <div className={classes.page}>
      {problem && <ProblemNotice {...problemWords(problem, words.notRead)} />}
      {data && rules.length === 0 ? (
        <EmptyState icon={IconArrowForwardUp} title={words.emptyTitle} action={newRule}>
          {words.emptyAbout}
        </EmptyState>
      ) : (
        <div className={classes.card}>
          <p className={`${classes.about} ${classes.grow}`}>{words.about}</p>
          {newRule}
        </div>
      )}
      {rules.map((rule) => (
        <Rule key={rule.id} rule={rule} onEdit={() => setEdited(rule)} />
      ))}
      {edited !== undefined && (
        <ForwardForm rule={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </div>
  );
}

function Rule({ rule, onEdit }: { rule: ForwardRule; onEdit: () => void }) {
  const client = useClient();
  const turn = useAction('forwards.switch');
  const remove = useAction('forwards.delete');
  const retry = useAction('forwards.retry');
  const results = useCall('forwards.results', { ruleId: rule.id, limit: shownResults });
  useEvent('forwards.changed', (event) => {
    if (event.ruleId === rule.id) results.refetch();
  });
  const { counts, last } = rule;
  const problem = turn.problem ?? remove.problem ?? retry.problem;

  async function deleteIt() {
    const answer = await remove.run({ id: rule.id });
    if (!answer) return;
    offerUndo({
      id: `forward-${rule.id}`,
      title: words.deleted(rule.name),
      undoUntil: answer.undoUntil,
      restored: words.restored(rule.name),
      undo: () => client.call('forwards.restore', { id: rule.id }),
    });
  }

  return (
    <Panel
      title={rule.name}
      aside={
        <Switch
          aria-label={words.on(rule.name)}
          checked={rule.enabled}
          onChange={(event) => void turn.run({ id: rule.id, enabled: event.currentTarget.checked })}
        />
      }
    >
      <div className={classes.card}>
        <div className={classes.grow}>
          {rule.urls.map((url) => (
            <div key={url}>
              <code className={classes.url}>{url}</code>
            </div>
          ))}
          <p className={classes.about}>
            {words.counts(counts.delivered, counts.waiting, counts.failed)}
            {last?.status !== undefined && ` · ${words.lastAnswer(last.status)}`}
          </p>
        </div>
        <div className={classes.end}>
          <Button size="xs" variant="default" onClick={onEdit}>
            {words.edit}
          </Button>
          <Button size="xs" variant="default" loading={remove.running} onClick={() => void deleteIt()}>
            {words.delete}
          </Button>
        </div>
      </div>
      {problem && <ProblemNotice {...problemWords(problem, words.notChanged)} />}
      <ul className={classes.results} aria-label={words.results}>
        {results.data?.results.length === 0 && <li className={classes.about}>{words.noResults}</li>}
        {results.data?.results.map((each) => (
          <li key={each.id} className={classes.result}>
            <StateBadge
              plain
              tone={each.state === 'delivered' ? 'good' : each.state === 'failed' ? 'bad' : 'busy'}
            >
              {words.states[each.state]}
            </StateBadge>
            {each.status !== undefined && <span>{each.status}</span>}
            <code className={classes.url}>{each.url}</code>
            <span>{words.tries(each.tries)}</span>
            <RelativeTime at={each.lastAt ?? each.createdAt} />
            {each.failure !== undefined && <span className={classes.about}>{each.failure}</span>}
            {each.state === 'failed' && (
              <Button size="compact-xs" variant="default" onClick={() => void retry.run({ id: each.id })}>
                {words.retry}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
