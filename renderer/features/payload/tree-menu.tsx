// What can be copied of a value in the tree: itself, its path, all that is below it. Opened by the right button or the menu key.
import { Menu } from '@mantine/core';
import { IconBraces, IconCopy, IconRoute } from '@tabler/icons-react';
import type { PayloadNode } from '#contract';
import { text } from '../../text/en.ts';
import classes from './payload-tree.module.css';
import { isParent } from './tree-model.ts';

export interface TreeMenuPlace {
  node: PayloadNode;
  x: number;
  y: number;
}

interface TreeMenuProps {
  place: TreeMenuPlace | undefined;
  onClose: () => void;
  onCopyValue: (node: PayloadNode) => void;
  onCopyPath: (node: PayloadNode) => void;
}

export function TreeMenu({ place, onClose, onCopyValue, onCopyPath }: TreeMenuProps) {
  if (!place) return null;
  const { node, x, y } = place;
  return (
    <Menu opened onChange={(opened) => !opened && onClose()} withinPortal position="bottom-start">
      <Menu.Target>
        <span
          className={classes.menuPlace}
          style={{ insetInlineStart: `${x}px`, insetBlockStart: `${y}px` }}
          aria-hidden="true"
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={text.payload.menu}>
        <Menu.Item
          leftSection={
            isParent(node) ? <IconBraces size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
          }
          rightSection={<kbd className={classes.keys}>{text.payload.keys.value}</kbd>}
          onClick={() => onCopyValue(node)}
        >
          {isParent(node) ? text.payload.copySubtree : text.payload.copyValue}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconRoute size={16} aria-hidden />}
          rightSection={<kbd className={classes.keys}>{text.payload.keys.path}</kbd>}
          onClick={() => onCopyPath(node)}
        >
          {text.payload.copyThisPath}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
