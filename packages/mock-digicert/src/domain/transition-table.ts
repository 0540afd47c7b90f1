/** Where each event leads, by the state that it finds; in a state that is missing the event cannot happen. */
export type TransitionTable<Event extends string, Before extends string, After extends string = Before> = Readonly<
  Record<Event, Readonly<Partial<Record<Before, After>>>>
>

/** The next state. @throws Error when the event cannot happen; whoever asks on behalf of a caller looks first */
export function nextState<Event extends string, Before extends string, After extends string>(
  table: TransitionTable<Event, Before, After>,
  state: Before,
  event: Event,
): After {
  const next = table[event][state]
  if (next === undefined) throw new Error(`The event ${event} cannot happen in the state ${state}.`)
  return next
}
