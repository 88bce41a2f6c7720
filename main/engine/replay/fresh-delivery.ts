// Makes a call another delivery: its delivery id, wherever it stands, becomes another one of the same shape. Pure.
import { otherId } from '../catalog/fresh-sample.ts';
import { isNamed, type SourceCall } from './source-call.ts';

/** Only what an id is written with; anything else could be changed by reading the body as text. */
const plainId = /^[\x21-\x7e]+$/;
/** Where a short id stands in a body, it would be found in everything. */
const leastInBody = 6;

function replaceInBody(body: Uint8Array, id: string, fresh: string): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (id.length < leastInBody || !bytes.includes(id)) return body;
  // One character a byte, so that no byte of the rest changes.
  return Buffer.from(bytes.toString('latin1').replaceAll(id, fresh), 'latin1');
}

/** The call as it is where the application has no delivery id, or a compressed body holds it. */
export function asFreshDelivery(call: SourceCall): SourceCall {
  const { deliveryId } = call;
  if (deliveryId === undefined || !plainId.test(deliveryId)) return call;
  const fresh = otherId(deliveryId);
  const isCompressed = call.headers.some(isNamed('content-encoding'));
  return {
    ...call,
    deliveryId: fresh,
    headers: call.headers.map(([name, value]) => [name, value.replaceAll(deliveryId, fresh)]),
    body: isCompressed ? call.body : replaceInBody(call.body, deliveryId, fresh),
  };
}
