import { array, assert, constantFrom, integer, option, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { notesDefinition, setupNotes } from '../test-twin.ts'
import type { CodedFaultRule, FaultedRequest, FaultRule } from './fault.ts'
import { createFaults, type Faults } from './faults.ts'

const operations = notesDefinition.operations.map(({ id }) => id)

function setup(...rules: readonly CodedFaultRule[]): Faults {
  const faults = createFaults({ operations, errors: notesDefinition.errors }, () => createRandom('tests'))
  faults.add(...rules)
  return faults
}

const request = (parts: Partial<FaultedRequest> = {}): FaultedRequest => ({
  operation: 'addNote',
  method: 'POST',
  url: 'https://notes.example/notes',
  body: '',
  ...parts,
})

/** The numbers, from 1, of those calls on which a fault acts. */
function actingOn(faults: Faults, calls: number): number[] {
  const numbers = Array.from({ length: calls }, (_, index) => index + 1)
  return numbers.filter(() => faults.choose(request, 'addNote') !== undefined)
}

describe('a rule', () => {
  it.each<[Partial<FaultRule>, number[]]>([
    [{}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    [{ first: 3 }, [1, 2, 3]],
    [{ after: 9 }, [10, 11, 12]],
    [{ every: 4 }, [4, 8, 12]],
    [{ after: 2, first: 3 }, [3, 4, 5]],
    [{ after: 1, every: 5 }, [6, 11]],
    [{ first: 2, every: 3 }, [3, 6]],
    [{ after: 4, first: 1, every: 2 }, [6]],
    [{ after: 12 }, []],
    [{ probability: 0 }, []],
    [{ probability: 1, first: 1 }, [1]],
  ])('with %j acts on the calls %j of twelve', (when, acting) => {
    expect(actingOn(setup({ kind: 'delay', ...when }), 12)).toEqual(acting)
  })

  it('acts as its numbers say, whatever they are', () => {
    const numbers = record({
      after: option(integer({ min: 0, max: 8 }), { nil: undefined }),
      first: option(integer({ min: 1, max: 5 }), { nil: undefined }),
      every: option(integer({ min: 1, max: 5 }), { nil: undefined }),
    })
    const holds = property(numbers, integer({ min: 0, max: 40 }), (given, calls) => {
      const { after = 0, first = Infinity, every = 1 } = given
      const model: number[] = []
      for (let call = 1; call <= calls; call++)
        if (call > after && (call - after) % every === 0 && model.length < first) model.push(call)
      const rule = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
      const faults = setup({ kind: 'delay', ...rule })
      expect(actingOn(faults, calls)).toEqual(model)
      expect(faults.list()).toMatchObject([{ calls, hits: model.length }])
    })
    assert(holds)
  })

  it('counts the calls of its operations alone', () => {
    const faults = setup({ kind: 'delay', operation: ['addNote', 'listNotes'], first: 2 })
    const acting = ['clearNotes', 'addNote', undefined, 'listNotes', 'addNote'].map(
      (operation) => faults.choose(request, operation) !== undefined,
    )
    expect(acting).toEqual([false, true, false, true, false])
    expect(faults.list()).toMatchObject([{ calls: 3, hits: 2 }])
  })

  it('without an operation is for every request, also for those that name none', () => {
    const faults = setup({ kind: 'delay' })
    expect(faults.choose(request, undefined)).toMatchObject({ kind: 'delay', hits: 1 })
  })

  it('of an error without an operation is for those that have the error', () => {
    const faults = setup({ kind: 'error', status: 503 })
    const acting = [...operations, undefined].map((operation) => faults.choose(request, operation) !== undefined)
    expect(acting).toEqual([false, true, true, false])
    expect(faults.list()).toMatchObject([{ calls: 2, hits: 2 }])
  })

  it('with a condition counts the calls that meet it', () => {
    const faults = setup({ kind: 'delay', after: 1, when: ({ body }) => body.includes('x') })
    const acting = ['x', 'y', 'ax', 'b', 'x'].map(
      (body) => faults.choose(() => request({ body }), 'addNote') !== undefined,
    )
    expect(acting).toEqual([false, false, true, false, true])
    expect(faults.list()).toEqual([{ id: 'f1', kind: 'delay', after: 1, calls: 3, hits: 2 }])
  })

  it('acts where it is the first that matches; the others count all the same', () => {
    const faults = setup(
      { id: 'one', kind: 'delay', every: 2 },
      { id: 'two', kind: 'reset' },
      { id: 'three', kind: 'silence' },
    )
    const acting = Array.from({ length: 4 }, () => faults.choose(request, 'addNote')?.id)
    expect(acting).toEqual(['two', 'one', 'two', 'one'])
    expect(faults.list()).toMatchObject([
      { calls: 4, hits: 2 },
      { calls: 4, hits: 2 },
      { calls: 4, hits: 0 },
    ])
  })
})

describe('a probability', () => {
  const calls = 400

  async function statuses(seed: string): Promise<string> {
    const { add } = setupNotes({
      seed,
      faults: [{ kind: 'error', operation: 'addNote', status: 503, probability: 0.25 }],
    })
    const seen: number[] = []
    for (let count = 0; count < calls; count++) seen.push((await add('note')).status)
    return seen.join(' ')
  }

  it('repeats with the seed, and differs with another one', async () => {
    const first = await statuses('one')
    expect(await statuses('one')).toBe(first)
    expect(await statuses('two')).not.toBe(first)
    expect(first.split('503').length - 1).toBeGreaterThan(calls * 0.15)
    expect(first.split('503').length - 1).toBeLessThan(calls * 0.35)
  })

  it('shifts nothing else that is random', async () => {
    const plain = setupNotes()
    const faulty = setupNotes({ faults: [{ kind: 'delay', delay: 0, probability: 0.5 }] })
    for (let count = 0; count < 20; count++)
      expect(await (await faulty.add('note')).text()).toBe(await (await plain.add('note')).text())
  })
})

describe('rules', () => {
  it('get an id that is free, and begin anew when all are gone', () => {
    const faults = setup({ kind: 'delay' }, { kind: 'delay', id: 'f2' }, { kind: 'delay' })
    expect(faults.list().map(({ id }) => id)).toEqual(['f1', 'f2', 'f3'])
    faults.remove('f1')
    expect(faults.add({ kind: 'delay' })).toMatchObject([{ id: 'f4' }])
    faults.clear()
    expect(faults.add({ kind: 'delay' })).toMatchObject([{ id: 'f1' }])
  })

  it('are added all or none', () => {
    const faults = setup()
    expect(() => faults.add({ kind: 'delay' }, { kind: 'delay', operation: 'fly' })).toThrow(
      'There is no operation fly',
    )
    expect(() => faults.add({ kind: 'delay', id: 'a' }, { kind: 'reset', id: 'a' })).toThrow('id a')
    expect(faults.list()).toEqual([])
  })

  it('are given out as copies', () => {
    const faults = setup({ kind: 'delay' })
    Object.assign(faults.list()[0]!, { hits: 7 })
    expect(faults.list()).toMatchObject([{ hits: 0 }])
  })

  it.each<[object, string]>([
    [
      { kind: 'fire' },
      'A fault cannot be read: kind must be one of error, delay, slow-body, truncated-body, broken-json, wrong-content-type, reset, silence.',
    ],
    [{}, 'A fault cannot be read: kind is missing.'],
    [{ kind: 'delay', first: 0 }, 'A fault cannot be read: first must be at least 1.'],
    [{ kind: 'delay', every: 1.5 }, 'A fault cannot be read: every must be of the type integer.'],
    [{ kind: 'delay', probability: 2 }, 'A fault cannot be read: probability must be at most 1.'],
    [{ kind: 'delay', sometimes: true }, 'A fault cannot be read: sometimes is unknown.'],
    [{ kind: 'delay', id: 'a b' }, 'A fault cannot be read: id does not match ^[A-Za-z0-9_-]{1,64}$.'],
    [{ kind: 'reset', effect: 'never' }, 'A fault cannot be read: effect must be one of before, after.'],
    [{ kind: 'delay', operation: 'fly' }, 'There is no operation fly: choose from listNotes, addNote, clearNotes.'],
    [
      { kind: 'delay', operation: ['addNote', 'fly'] },
      'There is no operation fly: choose from listNotes, addNote, clearNotes.',
    ],
    [
      { kind: 'delay', delay: 'long' },
      'The delay of a fault cannot be read: "long" is no length of time: write 500ms, 30s, 16m, 2h or 1d.',
    ],
    [
      { kind: 'delay', delay: -1 },
      'The delay of a fault cannot be read: -1 is no length of time: write 500ms, 30s, 16m, 2h or 1d.',
    ],
    [{ kind: 'error' }, 'A fault of the kind error needs a status or a code of the document.'],
    [
      { kind: 'error', status: 418 },
      'The document has no error 418 for any operation: SUPPORTED.md lists those that it has.',
    ],
    [
      { kind: 'error', status: 429, code: 'closed' },
      'The document has no error 429 closed for any operation: SUPPORTED.md lists those that it has.',
    ],
    [
      { kind: 'error', operation: 'clearNotes', status: 429 },
      'The document has no error 429 for clearNotes: SUPPORTED.md lists those that it has.',
    ],
    [
      { kind: 'error', operation: ['addNote', 'listNotes'], code: 'closed' },
      'The document has no error closed for listNotes: SUPPORTED.md lists those that it has.',
    ],
    [{ id: 'f1', kind: 'delay' }, 'There is a fault with the id f1: remove it first.'],
  ])('are refused with a sentence: %j', (rule, sentence) => {
    const faults = setup({ kind: 'delay' })
    expect(() => faults.add(rule as FaultRule)).toThrow(
      expect.objectContaining({ name: 'FaultError', message: sentence }),
    )
    expect(faults.list()).toHaveLength(1)
  })

  it('are removed by their ids', () => {
    const faults = setup({ kind: 'delay' }, { kind: 'reset' })
    faults.remove('f1')
    expect(faults.list()).toMatchObject([{ id: 'f2' }])
    expect(() => faults.remove('f1')).toThrow('There is no fault with the id f1.')
  })

  it('never act more often than they were asked', () => {
    const kinds = constantFrom<FaultRule['kind']>('delay', 'reset', 'silence', 'broken-json')
    const rules = array(
      record({ kind: kinds, first: integer({ min: 1, max: 4 }), every: integer({ min: 1, max: 3 }) }),
      { maxLength: 4 },
    )
    const holds = property(rules, integer({ min: 0, max: 30 }), (given, calls) => {
      const faults = setup(...given)
      const acted = actingOn(faults, calls).length
      const statuses = faults.list()
      expect(statuses.reduce((sum, { hits }) => sum + hits, 0)).toBe(acted)
      for (const { hits, first = 0 } of statuses) expect(hits).toBeLessThanOrEqual(first)
    })
    assert(holds)
  })
})
