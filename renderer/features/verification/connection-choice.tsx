// Which connection's verification is shown, where a data source has several. With one there is nothing to choose.
import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Connection } from '#contract';
import { text } from '../../text/en.ts';
import { VerificationPanel } from './verification-panel.tsx';

interface VerificationOfProps {
  connections: readonly Connection[];
  headless?: boolean;
}

export function VerificationOf({ connections, headless = false }: VerificationOfProps) {
  const [chosen, setChosen] = useState<string>();
  const shown = connections.find(({ id }) => id === chosen) ?? connections[0];
  if (!shown) return null;
  return (
    <>
      {connections.length > 1 && (
        <Select
          label={text.verification.connection}
          data={connections.map(({ id, name }) => ({ value: id, label: name }))}
          value={shown.id}
          allowDeselect={false}
          onChange={(id) => id !== null && setChosen(id)}
        />
      )}
      <VerificationPanel key={shown.id} connectionId={shown.id} headless={headless} />
    </>
  );
}
