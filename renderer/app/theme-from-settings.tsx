// Keeps the theme on the screen the same as the one in the settings.
import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useCall, useEvent } from '../api/use-call.ts';

export function ThemeFromSettings() {
  const { setColorScheme } = useMantineColorScheme();
  const settings = useCall('settings.get', {});
  const theme = settings.data?.settings.theme;
  useEvent('settings.changed', settings.refetch);
  useEffect(() => {
    if (theme) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);
  return null;
}
