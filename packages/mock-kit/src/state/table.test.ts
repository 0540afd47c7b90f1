import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasChanges, Table } from './table.ts'

interface Pet {
  readonly name: string
  readonly owner?: string
}

function setup(): Table<number, Pet> {
  const pets = new Table<number, Pet>([[1, { name: 'Rex', owner: 'Ada' }]], { groupOf: ({ owner }) => owner })
  pets.settle()
  return pets
}

describe('a table', () => {
  it('is a map of what it was made with', () => {
    const pets = setup()
    expect(pets.get(1)).toEqual({ name: 'Rex', owner: 'Ada' })
    expect(pets.size).toBe(1)
    expect([...pets]).toEqual([[1, { name: 'Rex', owner: 'Ada' }]])
  })

  it('counts what it was made with as changed', () => {
    const pets = new Table([[1, { name: 'Rex' }]])
    expect(pets.changes()).toEqual([[1, { name: 'Rex' }]])
  })

  it('tells each changed key once, with the entity of that moment', () => {
    const pets = setup()
    pets.set(2, { name: 'Tom' }).set(2, { name: 'Thomas' })
    pets.delete(1)
    expect(pets.changes()).toEqual([
      [2, { name: 'Thomas' }],
      [1, undefined],
    ])
    pets.settle()
    expect(pets.changes()).toEqual([])
  })

  it('does not call it a change when nothing was there to delete', () => {
    const pets = setup()
    expect(pets.delete(7)).toBe(false)
    expect(pets.changes()).toEqual([])
  })

  it('tells of everything that a clearing took', () => {
    const pets = setup()
    pets.clear()
    expect(pets.group('Ada')).toEqual([])
    expect(pets.changes()).toEqual([[1, undefined]])
  })

  it('is open unless it is called secret', () => {
    expect(new Table().isSecret).toBe(false)
    expect(new Table([], { secret: true }).isSecret).toBe(true)
  })
})

describe('a group', () => {
  it('has the members that joined it, in that order', () => {
    const pets = setup()
    pets.set(3, { name: 'Kit', owner: 'Ada' }).set(2, { name: 'Tom', owner: 'Ada' }).set(4, { name: 'Stray' })
    expect(pets.group('Ada').map(({ name }) => name)).toEqual(['Rex', 'Kit', 'Tom'])
    expect(pets.group('Bob')).toEqual([])
  })

  it('shows the entity of this moment, and keeps its place', () => {
    const pets = setup()
    pets.set(2, { name: 'Tom', owner: 'Ada' }).set(1, { name: 'Rex II', owner: 'Ada' })
    expect(pets.group('Ada').map(({ name }) => name)).toEqual(['Rex II', 'Tom'])
  })

  it('always agrees with a walk through the table', () => {
    const owner = fc.constantFrom('Ada', 'Bob', undefined)
    const step = fc.tuple(fc.constantFrom('set', 'delete', 'clear'), fc.nat(5), owner)
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const pets = setup()
        for (const [action, key, to] of steps) {
          if (action === 'set') pets.set(key, { name: `${key}`, ...(to && { owner: to }) })
          else if (action === 'delete') pets.delete(key)
          else if (key === 0) pets.clear()
        }
        for (const name of ['Ada', 'Bob']) {
          const walked = [...pets.values()].filter((pet) => pet.owner === name)
          expect(new Set(pets.group(name))).toEqual(new Set(walked))
        }
      }),
    )
  })
})

describe('the changes of tables', () => {
  it('are there until they are settled', () => {
    const tables = { pets: setup(), toys: new Table([['ball', { colour: 'red' }]]) }
    expect(hasChanges(tables)).toBe(true)
    tables.toys.settle()
    expect(hasChanges(tables)).toBe(false)
    tables.pets.delete(1)
    expect(hasChanges(tables)).toBe(true)
  })

  it('written down again and again say what a table holds', () => {
    const step = fc.tuple(fc.constantFrom('set', 'delete', 'clear'), fc.nat(4), fc.string(), fc.boolean())
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const pets = setup()
        const copy = new Map(pets)
        const write = (): void => {
          for (const [key, pet] of pets.changes()) {
            if (pet === undefined) copy.delete(key)
            else copy.set(key, pet)
          }
          pets.settle()
        }
        for (const [action, key, name, isWritten] of steps) {
          if (action === 'set') pets.set(key, { name })
          else if (action === 'delete') pets.delete(key)
          else if (key === 0) pets.clear()
          if (isWritten) write()
        }
        write()
        expect(Object.fromEntries(copy)).toEqual(Object.fromEntries(pets))
      }),
    )
  })
})
