// One item: its fields as they are now, and every version with what changed, when, and by which call.
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Item, ItemVersion, JsonValue } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { CopyButton } from '../../design/copy-button.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { FieldValue } from './field-value.tsx';
import classes from './item-detail.module.css';

interface ItemDetailProps {
  itemId: string;
  dataSourceId: string;
  /** What can be done with the item. */
  actions?: ((item: Item) => ReactNode) | undefined;
}

export function ItemDetail({ itemId, dataSourceId, actions }: ItemDetailProps) {
  const { data, problem, refetch } = useCall('items.get', { id: itemId });
  useEvent('items.changed', (event) => {
    if (event.dataSourceId === dataSourceId) refetch();
  });
  return (
    <div className={classes.detail} aria-busy={!data && !problem}>
      {data ? (
        <ItemFacts item={data.item} versions={data.versions} actions={actions?.(data.item)} />
      ) : problem ? (
        <ProblemNotice
          {...problemWords(problem, text.items.notShown)}
          action={{ label: text.problems.tryAgain, onPress: refetch }}
        />
      ) : (
        [70, 40, 60].map((width) => <Skeleton key={width} className={classes.skeleton} w={`${width}%`} />)
      )}
    </div>
  );
}

interface ItemFactsProps {
  item: Item;
  versions: readonly ItemVersion[];
  actions: ReactNode;
}

function ItemFacts({ item, versions, actions }: ItemFactsProps) {
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.title}>
          <PayloadText text={item.title} />
        </h2>
        <CopyButton value={JSON.stringify(item, undefined, 2)} label={text.items.copyItem} />
      </div>
      <p className={classes.times}>
        {text.items.createdAt} <RelativeTime at={item.createdAt} /> · {text.items.updatedAt}{' '}
        <RelativeTime at={item.updatedAt} />
      </p>
      {actions}
      <dl className={classes.fields}>
        <Field name={text.items.id} value={item.externalId} />
        <Field name={text.items.title} value={item.title} />
        {Object.entries(item.fields).map(([name, value]) => (
          <Field key={name} name={name} value={value} />
        ))}
      </dl>
      <h3 className={classes.heading}>{text.items.versions(item.version)}</h3>
      <ol className={classes.versions}>
        {versions.map((version, index) => (
          <Version
            key={version.version}
            version={version}
            before={versions[index + 1]}
            itemId={item.id}
            dataSourceId={item.dataSourceId}
          />
        ))}
      </ol>
    </>
  );
}

function Field({ name, value }: { name: string; value: JsonValue | undefined }) {
  return (
    <div className={classes.field}>
      <dt>
        <PayloadText text={name} />
      </dt>
      <dd>
        <FieldValue value={value} />
      </dd>
    </div>
  );
}

interface VersionProps {
  version: ItemVersion;
  before: ItemVersion | undefined;
  itemId: string;
  dataSourceId: string;
}

function valueIn(version: ItemVersion | undefined, name: string): JsonValue | undefined {
  if (!version) return undefined;
  if (name === 'title') return version.title;
  return Object.hasOwn(version.fields, name) ? version.fields[name] : undefined;
}

function Version({ version, before, itemId, dataSourceId }: VersionProps) {
  const isFirst = version.version === 1;
  const isByHand = version.by === 'hand';
  return (
    <li className={classes.version}>
      <div className={classes.versionHead}>
        <strong>{text.items.versionNumber(version.version)}</strong>
        <RelativeTime at={version.at} />
        {isByHand ? (
          <span className={classes.byHand}>{text.items.byHand}</span>
        ) : version.deliveryId !== undefined ? (
          <Link className={classes.call} href={paths.delivery(version.deliveryId)}>
            {text.items.byAnswer}
          </Link>
        ) : (
          <Link
            className={classes.call}
            href={`${paths.dataSource(dataSourceId, 'captures')}?call=${version.captureId}`}
          >
            {text.items.openCall}
          </Link>
        )}
        {before && (
          <Link
            className={classes.call}
            href={paths.compare(
              paths.itemVersion(itemId, before.version),
              paths.itemVersion(itemId, version.version),
            )}
          >
            {text.items.compareBefore}
          </Link>
        )}
      </div>
      {isFirst ? (
        <p className={classes.note}>{isByHand ? text.items.createdByHand : text.items.created}</p>
      ) : version.changed.length === 0 ? (
        <p className={classes.note}>
          {isByHand ? text.items.nothingChangedByHand : text.items.nothingChanged}
        </p>
      ) : (
        <dl className={classes.changes}>
          {version.changed.map((name) => (
            <div key={name} className={classes.change}>
              <dt>
                <PayloadText text={name} />
              </dt>
              <dd>
                {before && (
                  <>
                    <del className={classes.old}>
                      <FieldValue value={valueIn(before, name)} />
                    </del>
                    <span aria-hidden="true">→</span>
                  </>
                )}
                <ins className={classes.new}>
                  <FieldValue value={valueIn(version, name)} />
                </ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
