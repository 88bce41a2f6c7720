// The icon of an application: its brand's path where simple-icons has one, else a tinted initial. Decoration beside a name.
import { IconWebhook } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import styles from './brand-icon.module.css';
import { brandPaths } from './brand-paths.ts';
import { type BrandColors, readableColors } from './readable-colors.ts';

export function BrandIcon({
  icon,
  name,
  size = 24,
}: {
  icon: { slug?: string | undefined; color: string } | undefined;
  name: string;
  size?: 20 | 24 | 32 | 40;
}) {
  const path = icon?.slug ? brandPaths[icon.slug] : undefined;
  const colors = icon && readableColors(icon.color, path ? 'mark' : 'text');
  return (
    <span
      className={styles.icon}
      data-size={size}
      data-tinted={Boolean(icon) || undefined}
      data-solid={colors?.light.solid || undefined}
      aria-hidden
      style={colors && variablesOf(colors)}
    >
      {path ? (
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={path} />
        </svg>
      ) : icon ? (
        initialOf(name)
      ) : (
        <IconWebhook stroke={1.8} aria-hidden />
      )}
    </span>
  );
}

function variablesOf({ light, dark }: BrandColors): CSSProperties {
  const variables: Record<string, string> = {
    '--brand-light-mark': light.mark,
    '--brand-light-tint': light.tint,
    '--brand-dark-mark': dark.mark,
    '--brand-dark-tint': dark.tint,
  };
  return variables;
}

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

function initialOf(name: string): string {
  const [first] = segments.segment(name.trim());
  return first?.segment.toLocaleUpperCase('en') ?? '?';
}
