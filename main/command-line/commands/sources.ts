// `sources`, `url`, `items`: what is connected, where it is called, what it made.
import { type Command, connectionFlag, connectionOf, findSource, numberOf, oneSource } from '../command.ts';
import { mostListed, pagesOf } from '../pages.ts';
import { tableText, visible } from '../print-table.ts';

export const sources: Command = {
  usage: ['sources [--names]'],
  does: 'lists the data sources',
  flags: { names: { type: 'boolean', does: 'only the names, one a line' } },
  examples: ['sources', 'sources --json'],
  async run({ engine, flags, columns }) {
    const { dataSources } = await engine.call('dataSources.list', {});
    if (flags['names']) {
      const names = dataSources.map(({ name }) => name);
      return { json: names, text: names.map((name) => `${visible(name)}\n`).join('') };
    }
    const rows = dataSources.map(({ id, name, status, counts, lastReceivedAt }) => [
      name,
      status,
      String(counts.captures),
      String(counts.items),
      lastReceivedAt ?? 'never',
      id,
    ]);
    const head = ['NAME', 'STATUS', 'CALLS', 'ITEMS', 'LAST RECEIVED', 'ID'];
    return {
      json: dataSources,
      text: tableText(head, rows, 'There is no data source yet.', {
        columns,
        whole: ['LAST RECEIVED', 'ID'],
      }),
    };
  },
};

export const url: Command = {
  usage: ['url <source> [--connection <connection>]'],
  does: 'prints the webhook URL of a data source, by name or id',
  flags: { connection: connectionFlag },
  words: oneSource,
  examples: ['url Newsletter', 'url Newsletter --json'],
  async run({ engine, words, flags }) {
    const source = await findSource(engine, words[0]);
    const connection = connectionOf(source, flags['connection']);
    return { json: connection, text: `${connection.inboundUrl}\n` };
  },
};

export const items: Command = {
  usage: ['items <source> [--limit <n>] [--search <words>]'],
  does: 'lists the items of a data source, last updated first',
  flags: {
    limit: { type: 'string', takes: '<n>', does: 'at most so many (20)' },
    search: { type: 'string', takes: '<words>', does: 'only those that hold every word' },
  },
  words: oneSource,
  examples: ['items Newsletter', 'items Newsletter --search ada --json'],
  async run({ engine, words, flags, columns }) {
    const most = numberOf(flags['limit'], '--limit', 20, { least: 1, most: mostListed });
    const source = await findSource(engine, words[0]);
    const found = await pagesOf(most, async (page) => {
      const { items: onPage, next } = await engine.call('items.list', {
        dataSourceId: source.id,
        ...page,
        ...(flags['search'] === undefined ? {} : { search: String(flags['search']) }),
      });
      return { found: onPage, next };
    });
    const rows = found.map((item) => [item.externalId, item.title, String(item.version), item.updatedAt]);
    return {
      json: found,
      text: tableText(['ID', 'TITLE', 'VERSION', 'UPDATED'], rows, 'No item fits.', {
        columns,
        whole: ['UPDATED'],
      }),
    };
  },
};
