// What both sides know: models, calls, events, problems and the envelope. No Node, no DOM.
export * from './calls.ts';
export * from './envelope.ts';
export * from './events.ts';
export * from './models/activity.ts';
export * from './models/application.ts';
export * from './models/audit.ts';
export * from './models/capture.ts';
export * from './models/data-source.ts';
export * from './models/import.ts';
export * from './models/item.ts';
export * from './models/json.ts';
export * from './models/mapping.ts';
export * from './models/retention.ts';
export * from './models/settings.ts';
export * from './models/status.ts';
export * from './models/tunnel.ts';
export * from './problems.ts';
