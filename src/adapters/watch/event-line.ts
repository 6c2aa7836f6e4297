import { object, parseJson, string } from '../engine/json.ts';
import { ownerLabel } from '../engine/owner-label.ts';

/** An event of an engine that concerns gear. */
export interface EngineEvent {
  /** Whose container; '' for what is not of a container of gear's. */
  readonly instance: string;
  /** What a check of health came to; null for every other event. */
  readonly health: boolean | null;
}

/**
 * What a line of `docker events`, of `podman events` or of Podman's events in the journal says; null where it is nothing
 * to gear: a stranger's container, or a check that says no more than that it begins.
 */
export function readEvent(line: string): EngineEvent | null {
  const event = object(parseJson(line));
  const isOfJournal = event['PODMAN_EVENT'] !== undefined;
  const { type, action, labels, state } = isOfJournal ? ofJournal(event) : ofCommand(event);
  if (action === '') return null;
  const instance = string(labels[ownerLabel]);
  if (!action.startsWith('health_status')) {
    const isStranger = type === 'container' && instance === '';
    return isStranger ? null : { instance, health: null };
  }
  if (state.endsWith('unhealthy')) return { instance, health: false };
  return state.endsWith('healthy') ? { instance, health: true } : null;
}

/** Both engines name the container's labels among its attributes; only Podman has the health apart from the event. */
function ofCommand(event: Readonly<Record<string, unknown>>) {
  const action = string(event['Action'] ?? event['Status']);
  return {
    type: string(event['Type']),
    action,
    labels: object(object(event['Actor'])['Attributes'] ?? event['Attributes']),
    state: string(event['health_status'] ?? event['HealthStatus'] ?? action),
  };
}

function ofJournal(event: Readonly<Record<string, unknown>>) {
  return {
    type: string(event['PODMAN_TYPE']),
    action: string(event['PODMAN_EVENT']),
    labels: object(parseJson(string(event['PODMAN_LABELS']))),
    state: string(event['PODMAN_HEALTH_STATUS']),
  };
}
