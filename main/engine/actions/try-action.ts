// An action as it stands in the form, for one item: the request that it would send, and one try of it. Keeps nothing.
import { type ActionInput, type CallOutput, type Item, ProblemError } from '#contract';
import type { Captures } from '../captures/captures.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import type { Mappings } from '../indexing/mappings.ts';
import type { Items } from '../items/items.ts';
import type { ItemsTable } from '../items/items-table.ts';
import { shownAuthorization } from '../outbound/authorize.ts';
import type { CallConnection } from '../outbound/call-connection.ts';
import type { OpenedOutgoing } from '../outbound/outgoing-settings.ts';
import { parseBody } from '../parsing/parse-body.ts';
import { textOf } from './liquid-templates.ts';
import { prepareRequest } from './prepare-request.ts';
import { readAnswerFields } from './read-answer-fields.ts';
import { type TemplateContext, templateValues } from './template-scope.ts';

/** A larger body is not read for templates: it would hold the loop. */
const mostBodyBytes = 256 * 1024;

interface Trial {
  dataSourceId: string;
  action: ActionInput;
  itemId?: string | undefined;
}

export function createTryAction(deps: {
  dataSources: DataSources;
  items: Items;
  itemsTable: ItemsTable;
  captures: Captures;
  mappings: Mappings;
  opened(connectionId: string): OpenedOutgoing | undefined;
  callConnection: CallConnection;
}) {
  const { dataSources, items, itemsTable, captures, mappings } = deps;

  function itemFor({ dataSourceId, itemId }: Trial): Item | undefined {
    if (itemId !== undefined) return items.get(itemId).item;
    const newest = itemsTable.page(dataSourceId, Number.MAX_SAFE_INTEGER, 1)[0];
    return newest && items.get(newest.id).item;
  }

  async function captureOf(item: Item): Promise<TemplateContext['capture']> {
    const id = items.get(item.id).versions[0]?.captureId;
    // Retention may have taken it.
    const stored =
      id === undefined ? undefined : await captures.forMapping(item.dataSourceId, id).catch(missing);
    if (!stored) return undefined;
    const { row, source } = stored;
    const parsed = source.body.length <= mostBodyBytes ? parseBody(source) : undefined;
    return {
      id: row.id,
      receivedAt: new Date(row.received_at).toISOString(),
      eventType: row.event_type ?? undefined,
      headers: JSON.parse(row.headers) as [string, string][],
      query: row.query,
      ...(parsed?.ok ? { body: parsed.value } : {}),
    };
  }

  async function contextOf(item: Item | undefined): Promise<TemplateContext> {
    if (!item) return {};
    const fieldTypes = Object.fromEntries(
      mappings.fieldsOf(item.dataSourceId).map(({ name, type }) => [name, type]),
    );
    return { item, capture: await captureOf(item), fieldTypes };
  }

  function connectionOf({ dataSourceId, action }: Trial): string {
    const { connections } = dataSources.get(dataSourceId);
    const id = action.connectionId ?? connections[0]?.id ?? '';
    if (!connections.some((each) => each.id === id)) {
      throw new ProblemError('connection.missing', 'This connection does not belong to the data source.', {
        path: 'action.connectionId',
      });
    }
    return id;
  }

  async function prepare(trial: Trial) {
    const connectionId = connectionOf(trial);
    const item = itemFor(trial);
    const context = await contextOf(item);
    const opened = deps.opened(connectionId);
    const made = prepareRequest({ parts: trial.action, baseUrl: opened?.settings.baseUrl ?? '', context });
    return { connectionId, item, context, opened, ...made };
  }

  return {
    async preview(trial: Trial): Promise<CallOutput<'actions.preview'>> {
      const { item, context, opened, prepared } = await prepare(trial);
      const added = opened ? shownAuthorization(opened) : { headers: [], query: [] };
      const own = new Set([...prepared.headers, ...added.headers].map(([name]) => name.toLowerCase()));
      const configured = (opened?.settings.headers ?? []).filter(({ name }) => !own.has(name.toLowerCase()));
      const query = added.query.map(([name, value]) => `${encodeURIComponent(name)}=${value}`).join('&');
      const separator = prepared.url.includes('?') ? '&' : '?';
      return {
        prepared: {
          ...prepared,
          url: query === '' ? prepared.url : `${prepared.url}${separator}${query}`,
          headers: [
            ...configured.map(({ name, value }): [string, string] => [name, value]),
            ...prepared.headers,
            ...added.headers,
          ],
        },
        ...(item ? { item: { id: item.id, externalId: item.externalId, title: item.title } } : {}),
        values: templateValues(context),
      };
    },

    /** Throws `action.invalid` where the request cannot be made. */
    async send(trial: Trial, signal: AbortSignal): Promise<CallOutput<'actions.try'>> {
      const { connectionId, prepared, request } = await prepare(trial);
      const [fault] = prepared.faults;
      if (!request) {
        throw new ProblemError('action.invalid', fault?.message ?? 'This request cannot be made.', {
          path: `action.${fault?.where ?? 'path'}`,
        });
      }
      const { exchange } = await deps.callConnection({ connectionId, ...request, signal });
      signal.throwIfAborted();
      const { answer } = exchange;
      const { body } = answer ?? {};
      const bytes =
        body?.base64 === undefined ? Buffer.from(body?.text ?? '') : Buffer.from(body.base64, 'base64');
      const values = answer
        ? readAnswerFields(trial.action.answerFields ?? [], {
            body: bytes,
            contentType: withoutCharset(answer.headers),
            cut: body?.cut ?? false,
          })
        : [];
      return {
        exchange,
        answerValues: values.map(({ field, value, problem }) => ({
          field,
          ...(value === undefined || value === null ? {} : { text: textOf(value) }),
          ...(problem === undefined ? {} : { problem }),
        })),
      };
    },
  };
}

export type TryAction = ReturnType<typeof createTryAction>;

function missing(error: unknown): undefined {
  if (error instanceof ProblemError && error.problem.code === 'capture.missing') return undefined;
  throw error;
}

/** The text of an exchange is decoded already. */
function withoutCharset(headers: readonly [string, string][]): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]?.split(';')[0];
}
