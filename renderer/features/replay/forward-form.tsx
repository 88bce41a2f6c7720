// The form of one rule that passes calls on.
import {
  Button,
  Checkbox,
  Group,
  Input,
  Modal,
  MultiSelect,
  SegmentedControl,
  Select,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { type ForwardRule, type ForwardRuleDraft, outcome as outcomes } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall } from '../../api/use-call.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { useWeakStore } from '../weak-store/use-weak-store.ts';
import { WeakStoreNotice } from '../weak-store/weak-store-notice.tsx';
import { type SecretHeader, SecretHeaders } from './secret-headers.tsx';

const words = text.forward;
const linesOf = (typed: string) =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export function ForwardForm({ rule, onClose }: { rule: ForwardRule | undefined; onClose: () => void }) {
  const sources = useCall('dataSources.list', {});
  const create = useAction('forwards.create');
  const update = useAction('forwards.update');
  const [name, setName] = useState(rule?.name ?? '');
  const [dataSourceId, setDataSourceId] = useState(rule?.dataSourceId);
  const [urls, setUrls] = useState((rule?.urls ?? []).join('\n'));
  const [eventTypes, setEventTypes] = useState((rule?.filter.eventTypes ?? []).join('\n'));
  const [wanted, setWanted] = useState<string[]>(rule?.filter.outcomes ?? ['accepted']);
  const [mode, setMode] = useState(rule?.headers.mode ?? 'kept');
  const [set, setSet] = useState(
    (rule?.headers.set ?? [])
      .filter(({ secret }) => !secret)
      .map(({ name, value = '' }) => `${name}: ${value}`)
      .join('\n'),
  );
  const [secrets, setSecrets] = useState<SecretHeader[]>(() =>
    (rule?.headers.set ?? [])
      .filter(({ secret }) => secret)
      .map(({ name }, key) => ({ key, name, value: undefined, storedAs: name })),
  );
  const [keepHost, setKeepHost] = useState(rule?.headers.keepHost ?? false);
  const [includesReplays, setIncludesReplays] = useState(rule?.includesReplays ?? false);
  const weakStore = useWeakStore(secrets.some(({ value }) => value !== undefined));
  const badHeader = linesOf(set).find((line) => !/^[^:\s]+\s*:/.test(line));
  const problem = create.problem ?? update.problem;

  async function save() {
    const draft: ForwardRuleDraft = {
      name,
      ...(dataSourceId !== undefined && { dataSourceId }),
      urls: linesOf(urls),
      filter: {
        eventTypes: linesOf(eventTypes),
        outcomes: outcomes.options.filter((each) => wanted.includes(each)),
      },
      headers: {
        mode,
        set: [
          ...linesOf(set).map((line) => {
            const at = line.indexOf(':');
            return { name: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
          }),
          ...secrets
            .filter(({ name, value }) => name !== '' || value !== undefined)
            .map(({ name, value }) => ({ name, secret: true, ...(value !== undefined && { value }) })),
        ],
        keepHost,
      },
      includesReplays,
    };
    const answer = rule ? await update.run({ id: rule.id, rule: draft }) : await create.run({ rule: draft });
    if (answer) onClose();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={words.editTitle}
      size="lg"
      closeButtonProps={{ 'aria-label': text.window.close }}
    >
      <Stack gap="md">
        <TextInput
          label={words.name}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={words.source}
          placeholder={words.allSources}
          data={sources.data?.dataSources.map((each) => ({ value: each.id, label: each.name })) ?? []}
          value={dataSourceId ?? null}
          onChange={(value) => setDataSourceId(value ?? undefined)}
          searchable
          clearable
        />
        <Textarea
          label={words.urls}
          placeholder={text.replay.urlPlaceholder}
          autosize
          minRows={2}
          value={urls}
          onChange={(event) => setUrls(event.currentTarget.value)}
        />
        <MultiSelect
          label={words.outcomes}
          data={outcomes.options.map((each) => ({ value: each, label: text.captures.outcomes[each] }))}
          value={wanted}
          onChange={setWanted}
          clearable
        />
        <Textarea
          label={words.eventTypes}
          autosize
          minRows={1}
          value={eventTypes}
          onChange={(event) => setEventTypes(event.currentTarget.value)}
        />
        <Input.Wrapper
          label={words.headers}
          labelElement="div"
          description={mode === 'kept' ? words.keptAbout : words.replacedAbout}
          descriptionProps={{ mt: 'xs' }}
          inputWrapperOrder={['label', 'input', 'description']}
        >
          <SegmentedControl
            fullWidth
            aria-label={words.headers}
            value={mode}
            onChange={(value) => setMode(value === 'replaced' ? 'replaced' : 'kept')}
            data={[
              { value: 'kept', label: words.kept },
              { value: 'replaced', label: words.replaced },
            ]}
          />
        </Input.Wrapper>
        <Textarea
          label={words.set}
          placeholder={words.setAbout}
          autosize
          minRows={1}
          value={set}
          error={badHeader === undefined ? undefined : words.headerFault(badHeader)}
          onChange={(event) => setSet(event.currentTarget.value)}
        />
        <SecretHeaders rows={secrets} onChange={setSecrets} />
        <Checkbox
          label={words.keepHost}
          checked={keepHost}
          onChange={(event) => setKeepHost(event.currentTarget.checked)}
        />
        <Checkbox
          label={words.includesReplays}
          checked={includesReplays}
          onChange={(event) => setIncludesReplays(event.currentTarget.checked)}
        />
        <WeakStoreNotice store={weakStore} />
        {problem && <ProblemNotice {...problemWords(problem, words.notSaved)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button
            loading={create.running || update.running}
            disabled={badHeader !== undefined || weakStore.asks}
            onClick={() => void save()}
          >
            {words.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
