import { aims, type Figure, verdictOf } from './measures.ts'
import type { PartResult, Table } from './parts/part.ts'

const verdicts = { goal: 'goal reached', floor: 'floor reached', missed: '**missed**' } as const

/** The whole result as Markdown. */
export function toMarkdown(results: readonly PartResult[], date: Date, machine: string): string {
  const figures = results.flatMap((result) => result.figures)
  return (
    [
      '# Benchmark',
      `Made by \`pnpm bench\` on ${date.toISOString().slice(0, 10)}: ${machine}.`,
      [
        'Ratios are taken within a round, where every subject is measured once and each round begins with another one; the first round is dropped;',
        'medians, with the smallest and the largest. All servers of a table are started once, warmed up and kept, idle while another one is measured, except',
        'where starting is what is measured. The twins are the packed packages, installed with npm.',
      ].join('\n'),
      '## Figures to reach',
      toTable(toFigureTable(figures)),
      ...notMeasured(figures),
      ...results.flatMap(({ tables }) => tables).flatMap((table) => [`## ${table.title}`, toTable(table)]),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  )
}

function toFigureTable(figures: readonly Figure[]): Pick<Table, 'head' | 'rows'> {
  return {
    head: ['measure', 'what', 'ratio', 'from, to', 'rounds', 'floor', 'goal', ''],
    rows: figures.map((figure) => {
      const { measure, ratio, min, max, rounds, floor, goal } = figure
      return [
        measure,
        aims[measure].says,
        ratio,
        `${min} to ${max}`,
        rounds,
        floor,
        goal,
        verdicts[verdictOf(figure)],
      ].map(String)
    }),
  }
}

function notMeasured(figures: readonly Figure[]): string[] {
  const names = Object.keys(aims).filter((name) => figures.every(({ measure }) => measure !== name))
  return names.length === 0 ? [] : [`Not measured: ${names.join(', ')}.`]
}

function toTable({ head, rows }: Pick<Table, 'head' | 'rows'>): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
