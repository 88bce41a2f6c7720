// What more a row can do: another path where this one yields nothing, a further part of the id, a header or the query as source.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { text } from '../../text/en.ts';
import type { RowList } from './mapping-draft.ts';

interface RowMenuProps {
  label: string;
  /** Undefined where the row takes no fallbacks. */
  fallbacks?: RowList;
  parts?: RowList;
  onAdd: (list: RowList) => void;
  onSource: (path: string) => void;
}

export function RowMenu({ label, fallbacks, parts, onAdd, onSource }: RowMenuProps) {
  // What adds a row leaves the cursor there; anything else gives it back to the button.
  const [hasAdded, setHasAdded] = useState(false);
  function add(list: RowList) {
    setHasAdded(true);
    onAdd(list);
  }
  return (
    <Menu position="bottom-end" withinPortal returnFocus={!hasAdded} onOpen={() => setHasAdded(false)}>
      <Menu.Target>
        <ActionIcon aria-label={text.mapping.more(label)}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {fallbacks && <Menu.Item onClick={() => add(fallbacks)}>{text.mapping.addFallback}</Menu.Item>}
        {parts && <Menu.Item onClick={() => add(parts)}>{text.mapping.addPart}</Menu.Item>}
        <Menu.Divider />
        <Menu.Label>{text.mapping.source}</Menu.Label>
        <Menu.Item onClick={() => onSource('')}>{text.mapping.sources.body}</Menu.Item>
        <Menu.Item onClick={() => onSource('$headers[""]')}>{text.mapping.sources.headers}</Menu.Item>
        <Menu.Item onClick={() => onSource('$query[""]')}>{text.mapping.sources.query}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
