// An XML document to a payload value by the rule of docs/xml.md. Well-formed or refused; no DOCTYPE, so no entities of its own.
// Threats: entity bombs and external entities (no DOCTYPE at all), deep nesting and huge trees (limits).
import { SaxesParser } from 'saxes';
import { BodyFault } from './body-fault.ts';
import { maxDepth, maxKeys, tooDeep, tooManyKeys } from './body-limits.ts';
import { emptyPayloadObject, type PayloadObject, type PayloadValue } from './payload-value.ts';

interface OpenElement {
  name: string;
  /** Attributes and children so far; absent while there is only text. */
  members?: PayloadObject;
  hasChildren: boolean;
  text: string;
  /** Text since the last child or start; dropped where it is blank and children stand beside it. */
  run: string;
}

/** @throws BodyFault 400 malformedXml with line and column, 422 doctype, tooDeep or tooManyKeys */
export function parseXml(text: string): PayloadObject {
  const parser = new SaxesParser({ xmlns: false, fragment: false });
  const root = emptyPayloadObject();
  const stack: OpenElement[] = [];
  let keys = 0;

  function here(): { line: number; column: number } {
    return { line: parser.line, column: Math.max(1, parser.columnIndex) };
  }
  function count(added: number): void {
    keys += added;
    if (keys > maxKeys) throw tooManyKeys(here());
  }
  function addText(chars: string): void {
    const top = stack.at(-1);
    if (top) top.run += chars;
  }

  parser.on('error', (error) => {
    const sentence = error.message.replace(/^(?:[^\s:]*:)?\d+:\d+: /, '').replace(/\.$/, '');
    const { line, column } = here();
    throw new BodyFault(400, 'malformedXml', `Not well-formed XML: ${withoutEcho(sentence)}.`, {
      line,
      column,
    });
  });
  parser.on('doctype', () => {
    throw new BodyFault(
      422,
      'doctype',
      'The XML document has a DOCTYPE. Hookbench reads no document types and no entities; send the document without it.',
      here(),
    );
  });
  parser.on('opentag', (tag) => {
    if (stack.length >= maxDepth) throw tooDeep(here());
    const parent = stack.at(-1);
    if (parent) {
      closeRun(parent);
      parent.hasChildren = true;
    }
    const element: OpenElement = { name: tag.name, hasChildren: false, text: '', run: '' };
    const attributes = Object.entries(tag.attributes);
    count(1 + attributes.length);
    if (attributes.length > 0) {
      element.members = emptyPayloadObject();
      for (const [name, value] of attributes) element.members[`@${name}`] = value;
    }
    stack.push(element);
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = stack.pop();
    if (!element) return;
    const value = elementValue(element);
    const parent = stack.at(-1);
    if (!parent) {
      root[element.name] = value;
    } else {
      parent.members ??= emptyPayloadObject();
      addSibling(parent.members, element.name, value);
    }
  });
  parser.write(text).close();
  return root;
}

/** Ends a stretch of text: blank stretches between children are layout, not content. */
function closeRun(element: OpenElement): void {
  if (element.run.trim() !== '') element.text += element.run;
  element.run = '';
}

function elementValue(element: OpenElement): PayloadValue {
  if (element.hasChildren) closeRun(element);
  else element.text += element.run;
  if (!element.members) return element.text;
  if (element.text !== '') element.members['#text'] = element.text;
  return element.members;
}

function addSibling(members: PayloadObject, name: string, value: PayloadValue): void {
  if (!Object.hasOwn(members, name)) {
    members[name] = value;
    return;
  }
  const before = members[name] as PayloadValue;
  // An element's own value is text or an object, never a list, so a list can only be earlier siblings.
  if (Array.isArray(before)) before.push(value);
  else members[name] = [before, value];
}

/** saxes repeats names of the document in a few messages; an answer must not. */
function withoutEcho(sentence: string): string {
  if (sentence.startsWith('unclosed tag')) return 'an element is not closed before the end of the document';
  if (sentence.startsWith('unmatched closing tag') || sentence.startsWith('unexpected close tag')) {
    return 'this closing tag does not match the element that is open';
  }
  if (sentence.startsWith('duplicate attribute')) return 'an attribute stands twice in one element';
  if (sentence.startsWith('undefined entity')) {
    return 'this entity is not defined. XML knows &amp;, &lt;, &gt;, &quot;, &apos; and numbers such as &#252;';
  }
  return sentence;
}
