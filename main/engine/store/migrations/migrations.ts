// The steps that bring a store up to date, in order; the store's `user_version` counts those that ran. Append only.
import { initial } from './0001-initial.ts';
import { verification } from './0002-verification.ts';
import { imports } from './0003-imports.ts';
import { itemsSearch } from './0004-items-search.ts';
import { dataSourceCare } from './0005-data-source-care.ts';
import { mappingDepth } from './0006-mapping.ts';
import { tunnels } from './0007-tunnels.ts';
import { outgoing } from './0008-outgoing.ts';
import { outbox } from './0009-outbox.ts';
import { modules } from './0010-modules.ts';
import { capturesInDepth } from './0011-captures.ts';
import { replay } from './0012-replay.ts';
import { itemAnswers } from './0014-item-answers.ts';
import { upkeep } from './0015-upkeep.ts';
import { receiving } from './0016-receiving.ts';

export interface Migration {
  name: string;
  sql: string;
}

export const migrations: readonly Migration[] = [
  initial,
  verification,
  imports,
  itemsSearch,
  dataSourceCare,
  tunnels,
  mappingDepth,
  replay,
  outbox,
  modules,
  capturesInDepth,
  outgoing,
  itemAnswers,
  upkeep,
  receiving,
];
