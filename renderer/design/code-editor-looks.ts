// How code looks in the editor: the payload colours of the tokens, for light and dark alike. No behaviour.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { Decoration, EditorView, MatchDecorator, ViewPlugin } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.tagName], color: 'var(--code-key)' },
  { tag: [tags.string, tags.attributeValue, tags.content], color: 'var(--code-text)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: [tags.bool, tags.attributeName], color: 'var(--code-boolean)' },
  { tag: [tags.null, tags.comment], color: 'var(--code-null)' },
]);

const frame = EditorView.theme({
  '&': { fontSize: 'var(--text-code)', color: 'var(--text-strong)', background: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: 'var(--space-5)' },
  '.cm-content': { padding: 'var(--space-1) 0', caretColor: 'var(--text-strong)' },
  '.cm-line': { padding: '0 var(--space-3)' },
  '.cm-cursor': { borderLeftColor: 'var(--text-strong)' },
  '.cm-placeholder': { color: 'var(--text-muted)' },
  '.cm-gutters': {
    background: 'transparent',
    color: 'var(--text-muted)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'transparent' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--accent-line)',
  },
  '&.cm-focused .cm-matchingBracket': {
    background: 'var(--accent-soft)',
    outline: '1px solid var(--accent-line)',
  },
  // Braces of a template match none of the language around them; that is no fault.
  '&.cm-focused .cm-nonmatchingBracket': { background: 'transparent' },
  '.cm-template, .cm-template *': { color: 'var(--accent-text)' },
  '.cm-template': { background: 'var(--accent-soft)', borderRadius: 'var(--radius-small)' },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius-control)',
    background: 'var(--surface-float)',
    color: 'var(--text-normal)',
    boxShadow: 'var(--shadow-float)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-code)', maxHeight: '16em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: 'var(--space-1) var(--space-2)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'var(--surface-selected)',
    color: 'var(--text-strong)',
  },
  '.cm-completionDetail': {
    color: 'var(--text-muted)',
    fontFamily: 'var(--font-text)',
    fontStyle: 'normal',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent-text)' },
  '.cm-diagnostic': { padding: 'var(--space-1) var(--space-2)', fontFamily: 'var(--font-text)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad-mark)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad-mark)',
    textDecorationSkipInk: 'none',
  },
  '.cm-lintPoint:after': { borderBottomColor: 'var(--bad-mark)' },
});

const templateMarks = new MatchDecorator({
  regexp: /\{\{.*?\}\}|\{%.*?%\}/g,
  decoration: Decoration.mark({ class: 'cm-template' }),
});

/** Marks `{{ … }}` and `{% … %}`, whatever language is around them. */
export const templates: Extension = ViewPlugin.define(
  (view) => ({
    marks: templateMarks.createDeco(view),
    update(update) {
      this.marks = templateMarks.updateDeco(update, this.marks);
    },
  }),
  { decorations: (plugin) => plugin.marks },
);

export const looks: Extension = [frame, syntaxHighlighting(colours)];
