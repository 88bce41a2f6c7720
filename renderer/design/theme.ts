// The Mantine theme: maps Mantine's own scales and variables onto the tokens of tokens.css. No component styles of features.
import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  Input,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  SegmentedControl,
  Select,
  Tooltip,
} from '@mantine/core';
import styles from './theme.module.css';

const indigo: MantineColorsTuple = [
  '#eef0fe',
  '#dfe2fe',
  '#c9cdfb',
  '#aab0fb',
  '#8f8ff2',
  '#6f6cee',
  '#5856e4',
  '#4a46c9',
  '#3c39a3',
  '#2f2d7f',
];

const gray: MantineColorsTuple = [
  '#f6f7f9',
  '#f1f3f7',
  '#e3e6ed',
  '#cdd2dc',
  '#b4bbc8',
  '#868fa0',
  '#5c6576',
  '#465062',
  '#2e3543',
  '#171b24',
];

const dark: MantineColorsTuple = [
  '#cfd3dd',
  '#b5bbc8',
  '#9aa2b2',
  '#7d8596',
  '#3a4150',
  '#272c37',
  '#1c202a',
  '#15181f',
  '#11141a',
  '#0b0d12',
];

const tall = 'var(--control-height)';
const short = 'var(--control-height-small)';
const heightOf = (size: unknown) => (size === 'xs' || size === 'compact-sm' ? short : tall);

const floating = { transitionProps: { transition: 'pop', duration: 120 } } as const;
/**
 * The page itself never scrolls, so nothing needs to lock it (the lock would add a style without the nonce).
 * Dialogs close at once: what is closing would still take clicks, and stand in the way of Esc for the window below.
 */
const windowDefaults = {
  lockScroll: false,
  transitionProps: { transition: 'pop', duration: 160, exitDuration: 0 },
} as const;

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: 6,
  colors: { indigo, gray, dark },
  black: '#171b24',
  fontFamily: 'var(--font-text)',
  fontFamilyMonospace: 'var(--font-code)',
  fontSizes: {
    xs: 'var(--text-small)',
    sm: 'var(--text-base)',
    md: 'var(--text-read)',
    lg: 'var(--text-title)',
    xl: 'var(--text-heading)',
  },
  headings: { fontFamily: 'var(--font-text)', fontWeight: '600' },
  radius: {
    xs: 'var(--radius-small)',
    sm: 'var(--radius-control)',
    md: 'var(--radius-panel)',
    lg: 'var(--radius-window)',
    xl: 'var(--radius-window)',
  },
  spacing: {
    xs: 'var(--space-1)',
    sm: 'var(--space-2)',
    md: 'var(--space-3)',
    lg: 'var(--space-4)',
    xl: 'var(--space-6)',
  },
  shadows: {
    xs: 'none',
    sm: 'none',
    md: 'var(--shadow-float)',
    lg: 'var(--shadow-float)',
    xl: 'var(--shadow-window)',
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      vars: (_theme, { size }) => ({
        root: {
          '--button-height': heightOf(size),
          '--button-padding-x': size === 'xs' || size === 'compact-sm' ? 'var(--space-2)' : 'var(--space-3)',
          '--button-fz': 'var(--text-base)',
        },
      }),
      styles: { label: { fontWeight: 'var(--weight-medium)' } },
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray', size: 'md' },
      vars: (_theme, { size }) => ({ root: { '--ai-size': size === 'sm' ? short : tall } }),
    }),
    Input: Input.extend({
      defaultProps: { size: 'sm' },
      vars: () => ({ wrapper: { '--input-height': tall, '--input-fz': 'var(--text-base)' } }),
    }),
    InputWrapper: Input.Wrapper.extend({
      styles: {
        label: {
          fontSize: 'var(--text-base)',
          fontWeight: 'var(--weight-medium)',
          marginBottom: 'var(--space-1)',
        },
        description: { fontSize: 'var(--text-small)', marginBottom: 'var(--space-1)' },
        error: { fontSize: 'var(--text-small)' },
      },
    }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: 'sm', withItemsBorders: false },
      classNames: { label: styles.segment },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 350, withArrow: false, offset: 6, transitionProps: { duration: 120 } },
    }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'md', offset: 4, radius: 'md', ...floating },
      classNames: { item: styles.menuItem, dropdown: styles.dropdown },
    }),
    Popover: Popover.extend({
      defaultProps: { shadow: 'md', offset: 6, radius: 'md', ...floating },
      classNames: { dropdown: styles.dropdown },
    }),
    Select: Select.extend({
      defaultProps: { comboboxProps: { keepMounted: false } },
      classNames: { dropdown: styles.dropdown, option: styles.option },
    }),
    Modal: Modal.extend({
      defaultProps: {
        ...windowDefaults,
        radius: 'lg',
        shadow: 'xl',
        padding: 'lg',
        // The head of a dialog is no banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
      classNames: { title: styles.dialogTitle, overlay: styles.dialogOverlay },
    }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false } }),
  },
});

const shared = {
  '--mantine-color-body': 'var(--surface-content)',
  '--mantine-color-text': 'var(--text-normal)',
  '--mantine-color-bright': 'var(--text-strong)',
  '--mantine-color-dimmed': 'var(--text-muted)',
  '--mantine-color-placeholder': 'var(--text-muted)',
  '--mantine-color-error': 'var(--bad-text)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-default': 'var(--surface-raised)',
  '--mantine-color-default-hover': 'var(--surface-hover)',
  '--mantine-color-default-color': 'var(--text-strong)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--surface-sunken)',
  '--mantine-color-disabled-color': 'var(--idle-mark)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
  '--mantine-color-indigo-filled': 'var(--accent)',
  '--mantine-color-indigo-filled-hover': 'var(--accent-hover)',
  '--mantine-color-indigo-light': 'var(--accent-soft)',
  '--mantine-color-indigo-light-hover': 'var(--accent-line)',
  '--mantine-color-indigo-light-color': 'var(--accent-text)',
  '--mantine-color-indigo-text': 'var(--accent-text)',
  '--mantine-color-gray-text': 'var(--text-muted)',
  '--mantine-color-gray-light': 'var(--surface-hover)',
  '--mantine-color-gray-light-hover': 'var(--surface-pressed)',
  '--mantine-color-gray-light-color': 'var(--text-muted)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
