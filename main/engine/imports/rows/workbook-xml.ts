// Walks the XML of a workbook part by part of its text: elements with their attributes and text, prefixes taken off. It holds
// nothing; whoever listens keeps what it needs. Document types are refused, so there are no entities to expand.
import { SaxesParser } from 'saxes';
import { FileFault } from './file-fault.ts';

export interface XmlListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** @param after called after each piece of text, for readers that hand on what they have gathered */
export async function* walkXml(
  part: string,
  texts: AsyncIterable<string>,
  listener: XmlListener,
): AsyncGenerator<undefined> {
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw new FileFault(
      `The part ${part} of the workbook is damaged (${error.message.slice(0, 200)}). Save it again in Excel.`,
    );
  });
  parser.on('doctype', () => {
    throw new FileFault(`The part ${part} of the workbook has a document type; no workbook has one.`);
  });
  parser.on('opentag', (tag) => listener.open?.(local(tag.name), tag.attributes));
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  parser.on('closetag', (tag) => listener.close?.(local(tag.name)));
  for await (const text of texts) {
    parser.write(text);
    yield undefined;
  }
  parser.close();
}

export async function readXml(
  part: string,
  texts: AsyncIterable<string>,
  listener: XmlListener,
): Promise<void> {
  for await (const _ of walkXml(part, texts, listener));
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** An attribute whatever its prefix: `id` finds `r:id`. */
export function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  const key = Object.keys(attributes).find((each) => local(each) === name);
  return key === undefined ? undefined : attributes[key];
}
