// Where calls are sent and how: target, signature, delivery id, modules, times, order, pace.
import { Checkbox, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import type { ReplayTarget } from '#contract';
import { text } from '../../text/en.ts';
import type { ReplayChoice } from './replay-draft.ts';
import classes from './replay-window.module.css';

const words = text.replay;
const targets: readonly ReplayTarget['kind'][] = ['receiver', 'mapping', 'url'];
const orders = ['received', 'reversed', 'shuffled'] as const;
const paces = ['answered', 'rate', 'burst'] as const;

interface ReplayChoiceFieldsProps {
  choice: ReplayChoice;
  onChange: (choice: ReplayChoice) => void;
  /** Of one call; undefined where many are sent. */
  canSign?: boolean | undefined;
  isSingle: boolean;
  urlFault?: string | undefined;
}

export function ReplayChoiceFields({
  choice,
  onChange,
  canSign,
  isSingle,
  urlFault,
}: ReplayChoiceFieldsProps) {
  const set = (change: Partial<ReplayChoice>) => onChange({ ...choice, ...change });
  const isSent = choice.target !== 'mapping';
  const isMany = !isSingle || choice.repeat > 1;
  return (
    <div className={classes.choice}>
      <div className={classes.group}>
        <span className={classes.label}>{words.target}</span>
        <SegmentedControl
          aria-label={words.target}
          value={choice.target}
          onChange={(value) => set({ target: targets.find((each) => each === value) ?? 'receiver' })}
          data={targets.map((each) => ({ value: each, label: words.targets[each] }))}
        />
        <p className={classes.about}>{words.targetAbout[choice.target]}</p>
        {choice.target === 'url' && (
          <>
            <TextInput
              label={words.url}
              classNames={{ input: classes.code }}
              placeholder={words.urlPlaceholder}
              value={choice.url}
              error={urlFault}
              onChange={(event) => set({ url: event.currentTarget.value })}
            />
            <Checkbox
              label={words.keepHost}
              checked={choice.keepHost}
              onChange={(event) => set({ keepHost: event.currentTarget.checked })}
            />
          </>
        )}
      </div>
      <div className={classes.group}>
        <span className={classes.label}>{words.how}</span>
        {isSent && (
          <>
            <Checkbox
              label={words.signAgain}
              description={canSign === false ? words.cannotSign : undefined}
              disabled={canSign === false}
              checked={choice.signAgain && canSign !== false}
              onChange={(event) => set({ signAgain: event.currentTarget.checked })}
            />
            <Checkbox
              label={words.sameDelivery}
              checked={choice.sameDelivery}
              onChange={(event) => set({ sameDelivery: event.currentTarget.checked })}
            />
          </>
        )}
        {choice.target !== 'url' && (
          <Checkbox
            label={words.runsModules}
            description={words.runsModulesAbout}
            checked={choice.runsModules}
            onChange={(event) => set({ runsModules: event.currentTarget.checked })}
          />
        )}
      </div>
      <div className={classes.numbers}>
        <NumberInput
          label={words.repeat}
          min={1}
          max={10_000}
          allowDecimal={false}
          value={choice.repeat}
          onChange={(value) => set({ repeat: Math.max(1, Number(value) || 1) })}
        />
        {isMany && (
          <>
            <Select
              label={words.order}
              allowDeselect={false}
              value={choice.order}
              onChange={(value) => set({ order: orders.find((each) => each === value) ?? 'received' })}
              data={orders.map((each) => ({ value: each, label: words.orders[each] }))}
            />
            <Select
              label={words.pace}
              allowDeselect={false}
              value={choice.pace}
              onChange={(value) => set({ pace: paces.find((each) => each === value) ?? 'answered' })}
              data={paces.map((each) => ({ value: each, label: words.paces[each] }))}
            />
            {choice.pace === 'rate' && (
              <NumberInput
                label={words.rate}
                min={0.1}
                max={1000}
                value={choice.ratePerSecond}
                onChange={(value) =>
                  set({ ratePerSecond: Math.min(1000, Math.max(0.1, Number(value) || 1)) })
                }
              />
            )}
          </>
        )}
      </div>
    </div>
  );
}
