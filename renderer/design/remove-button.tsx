// The button at the end of a row that takes the row away.
import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';

interface RemoveButtonProps extends Pick<ActionIconProps, 'size' | 'className' | 'loading'> {
  /** Names what goes, also for who does not see the row. */
  label: string;
  onClick: () => void;
}

export function RemoveButton({ label, ...rest }: RemoveButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} {...rest}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
