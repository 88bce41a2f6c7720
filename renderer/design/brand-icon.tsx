// The icon of an application: its brand's path where simple-icons has one, else a tinted initial. Decoration beside a name.
import { IconWebhook } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import styles from './brand-icon.module.css';
import { brandPaths } from './brand-paths.ts';
import { readableColors } from './readable-colors.ts';

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
  const colors = icon && brandColors(icon.color);
  return (
    <span
      className={styles.icon}
      data-size={size}
      data-tinted={Boolean(icon) || undefined}
      aria-hidden
      style={colors}
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

function brandColors(color: string): CSSProperties {
  const { onLight, onDark } = readableColors(color);
  const variables: Record<string, string> = { '--brand-on-light': onLight, '--brand-on-dark': onDark };
  return variables;
}

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

function initialOf(name: string): string {
  const [first] = segments.segment(name.trim());
  return first?.segment.toLocaleUpperCase('en') ?? '?';
}
