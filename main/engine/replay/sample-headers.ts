// The headers of a sample as they lie in the store: plain, or sealed where they are secret. Opened for sending only.
import { ProblemError, type SampleDetail } from '#contract';
import type { Vault } from '../secrets/vault.ts';
import { concealedValue, isSecretHeader } from './secret-headers.ts';
import type { HeaderList } from './source-call.ts';

/** Name and value; a sealed value as Base64 in the third place. */
type StoredHeader = [name: string, value: string] | [name: string, value: '', sealed: string];

export function createSampleHeaders(vault: Vault) {
  const placeOf = (sampleId: string, name: string) => `sample ${sampleId} ${name.toLowerCase()}`;
  const read = (json: string) => JSON.parse(json) as StoredHeader[];

  return {
    /** @throws ProblemError vault.unavailable where a secret header cannot be sealed */
    toStored(sampleId: string, headers: HeaderList): string {
      const stored = headers.map(([name, value]): StoredHeader => {
        if (!isSecretHeader(name)) return [name, value];
        if (vault.fault !== undefined) throw new ProblemError('vault.unavailable', vault.fault);
        return [name, '', Buffer.from(vault.seal(value, placeOf(sampleId, name))).toString('base64')];
      });
      return JSON.stringify(stored);
    },

    /** Samples of earlier versions have theirs unsealed; they are concealed all the same. */
    shown: (json: string): SampleDetail['headers'] =>
      read(json).map(([name, value]) =>
        isSecretHeader(name)
          ? { name, value: concealedValue, concealed: true }
          : { name, value, concealed: false },
      ),

    /**
     * What is sent. Those that `isNeeded` says no of are empty where they are sealed.
     * @throws ProblemError vault.unavailable where one cannot be opened
     */
    opened: (sampleId: string, json: string, isNeeded = (_index: number) => true): HeaderList =>
      read(json).map(([name, value, sealed], index): [string, string] => {
        if (sealed === undefined || !isNeeded(index)) return [name, value];
        const opened = vault.open(Buffer.from(sealed, 'base64'), placeOf(sampleId, name));
        if (opened !== undefined) return [name, opened];
        throw new ProblemError(
          'vault.unavailable',
          vault.fault ??
            `The header ${name} of this sample cannot be read: it was stored with another key. Edit the sample and type it again.`,
        );
      }),
  };
}

export type SampleHeaders = ReturnType<typeof createSampleHeaders>;
