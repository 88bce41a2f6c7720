// Calls about the tunnel.
import { z } from 'zod';
import { addressCard, tunnelGap, tunnelPoint, tunnelProgram, tunnelState } from '../models/tunnel.ts';
import { id, nothing, read, write } from './define.ts';

export const tunnelCalls = {
  'tunnel.start': write(
    'Starts the tunnel with the settings and answers with its state after the first try.',
    nothing,
    z.object({ tunnel: tunnelState }),
  ),
  'tunnel.stop': write('Stops the tunnel.', nothing, z.object({ tunnel: tunnelState })),
  'tunnel.programs': read(
    'The tunnel programs on this computer: found on the PATH or at the chosen place, with their versions.',
    nothing,
    z.object({ programs: z.array(tunnelProgram) }),
  ),
  'tunnel.setToken': write(
    'Keeps the token of a named cloudflared tunnel, sealed; an empty one removes it. It is never read back.',
    z.object({
      token: z
        .string()
        .trim()
        .max(4_000)
        .regex(/^[\w+/=.-]*$/, 'A token holds letters, digits and + / = . - _ only.'),
    }),
    nothing,
  ),
  'tunnel.history': read(
    'The probes of the last 24 hours in steps of ten minutes, oldest first, and the gaps, newest first (at most 50).',
    nothing,
    z.object({ points: z.array(tunnelPoint), gaps: z.array(tunnelGap) }),
  ),
  'tunnel.addressCards': read(
    'The webhook URLs that must be pasted anew, because the public address changed.',
    nothing,
    z.object({ cards: z.array(addressCard) }),
  ),
  'tunnel.tickAddressCard': write(
    'Says that the application of this connection has the present public URL.',
    z.object({ connectionId: id }),
    nothing,
  ),
};
