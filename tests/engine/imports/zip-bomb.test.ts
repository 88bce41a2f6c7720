// Workbooks made to unpack to far more than they are: refused by what they announce, and by what they really hold.
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';
import { uploadFile } from '../../harness/upload.ts';

let test: TestEngine;
beforeEach(async () => {
  test = await startTestEngine();
});
afterEach(() => test.stop());

interface Part {
  name: string;
  content: Buffer;
  /** What the archive says that it unpacks to; the truth where it is left out. */
  announced?: number;
}

function zipOf(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, announced = content.length } of parts) {
    const packed = deflateRawSync(content);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(announced, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\0'), shared, rest, Buffer.from(name));
    locals.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, entries, Buffer.from('PK\x05\x06'), end]);
}

const relations = (type: string, target: string) =>
  `<Relationships><Relationship Id="r1" Type="http://x/${type}" Target="${target}"/></Relationships>`;

/** A workbook whose only sheet is this part. */
function workbook(sheet: Omit<Part, 'name'>, more: readonly Part[] = []): Buffer {
  const texts = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': '<workbook><sheets><sheet name="One" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relations('worksheet', 'sheet.xml'),
  };
  const parts = Object.entries(texts).map(([name, text]) => ({ name, content: Buffer.from(text) }));
  return zipOf([...parts, { name: 'xl/sheet.xml', ...sheet }, ...more]);
}

const cells = (id: string, name: string) =>
  `<row><c t="str"><v>${id}</v></c><c t="str"><v>${name}</v></c></row>`;
const sheetOf = (rows: string) => Buffer.from(`<worksheet><sheetData>${rows}</sheetData></worksheet>`);
const small = sheetOf(cells('id', 'name') + cells('7', 'Ada'));
const mebibyte = 1024 * 1024;

async function upload(bytes: Buffer) {
  const { id } = await test.createSource();
  return { id, done: uploadFile(test.call, id, 'bomb.xlsx', bytes) };
}

async function expectRefused(bytes: Buffer, message: RegExp): Promise<void> {
  const { id, done } = await upload(bytes);
  await expect(done).rejects.toThrow(message);
  expect((await test.call('dataSources.get', { id })).dataSource.counts).toMatchObject({
    captures: 0,
    items: 0,
  });
}

it('reads the workbook that the others are made from', async () => {
  const { done } = await upload(workbook({ content: small }));
  expect((await done).facts).toMatchObject({ columns: ['id', 'name'], rows: 1, sheet: 'One' });
});

it('refuses a part that unpacks to a thousand times its size', async () => {
  const bytes = workbook({ content: sheetOf(' '.repeat(40 * mebibyte)) });
  expect(bytes.length).toBeLessThan(mebibyte / 10);
  await expectRefused(bytes, /unpack to \d+ times its size/);
});

it('refuses one also where no reader would look at it', async () => {
  const picture = { name: 'xl/media/a.png', content: Buffer.alloc(40 * mebibyte) };
  await expectRefused(workbook({ content: small }, [picture]), /unpack to \d+ times its size/);
});

it('refuses parts that are too large together', async () => {
  const content = Buffer.from('x');
  const huge = { name: 'xl/a.xml', content, announced: 0xfffffff0 };
  await expectRefused(workbook({ content: small }, [huge, { ...huge, name: 'xl/b.xml' }]), /more than 4 GiB/);
});

it('refuses a part that holds more than it announces', async () => {
  const content = sheetOf(cells('id', 'name') + ' '.repeat(40 * mebibyte));
  await expectRefused(workbook({ content, announced: 1000 }), /cannot be unpacked/);
});

it('refuses a cell that never ends', async () => {
  const content = sheetOf(cells('id', 'x'.repeat(9 * mebibyte)));
  await expectRefused(workbook({ content }), /cell of the workbook is larger than 8 MiB/);
});

it('refuses more parts than any workbook has', async () => {
  const more = Array.from({ length: 10_001 }, (_, i) => ({ name: `xl/${i}`, content: Buffer.from('x') }));
  await expectRefused(workbook({ content: small }, more), /it has 10,006 parts/);
});

it('expands no entities', async () => {
  const content = Buffer.concat([Buffer.from('<!DOCTYPE a [<!ENTITY b "bbbb">]>'), small]);
  await expectRefused(workbook({ content }), /has a document type/);
});
