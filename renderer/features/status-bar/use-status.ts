// The state of the engine, kept current: by its events, after each call, and while calls per minute fall back to zero.

import { useEffect } from 'react';
import type { EngineStatus } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';

const fallingMs = 10_000;

export function useStatus(): EngineStatus | undefined {
  const status = useCall('status.get', {});
  const { refetch } = status;
  useEvent('status.changed', refetch);
  useEvent('tunnel.changed', refetch);
  useEvent('captures.received', refetch);
  useEvent('dataSources.changed', refetch);
  const falling = (status.data?.callsPerMinute ?? 0) > 0;
  useEffect(() => {
    if (!falling) return;
    const timer = setInterval(refetch, fallingMs);
    return () => clearInterval(timer);
  }, [falling, refetch]);
  return status.data;
}
