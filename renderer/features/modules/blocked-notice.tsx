// Why a module cannot run, and the button that mends it.
import { useLocation } from 'wouter';
import type { Module } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { paths } from '../../app/paths.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';

const words = text.modules;

interface BlockedNoticeProps {
  module: Module;
  /** Says which module it is, where several are listed. */
  named?: boolean;
  onMended: () => void;
}

export function BlockedNotice({ module, named = false, onMended }: BlockedNoticeProps) {
  const [location, navigate] = useLocation();
  const give = useAction('dataSources.setAccess');
  if (module.state !== 'blocked') return undefined;
  const { blockedBy, solutionId } = module;
  const dataSourceId = blockedBy?.dataSourceId;

  async function giveAccess(id: string) {
    if (await give.run({ id, solutionId, allowed: true })) onMended();
  }
  function mendOf() {
    if (blockedBy?.kind === 'noAccess' && dataSourceId) {
      return { label: words.mend.noAccess, busy: give.running, onPress: () => void giveAccess(dataSourceId) };
    }
    if (blockedBy?.kind === 'connection' && dataSourceId) {
      return {
        label: words.mend.connection,
        onPress: () => navigate(paths.dataSource(dataSourceId, 'connections')),
      };
    }
    const builder = paths.module(module.id);
    if (location === builder) return undefined;
    return { label: words.mend.open, onPress: () => navigate(builder) };
  }
  const mend = mendOf();
  return (
    <>
      <ProblemNotice
        tone="warn"
        what={named ? words.blocked(module.name) : words.blockedHere}
        why={module.blockedBecause}
        {...(mend && { action: mend })}
      />
      {give.problem && <ProblemNotice {...problemWords(give.problem, words.notMended)} />}
    </>
  );
}
