import { type Call, type Row, row } from './call.ts'

export const download = (id: number, format = 'pem_all'): Call => ({
  path: `/certificate/${id}/download/format/${format}`,
})

export const certificateRows: readonly Row[] = [
  row('a download', 200, [download(100203)]),
  row('a download in an unknown format', 400, [download(100203, 'doc')]),
  row('a download of nothing', 404, [download(4711)]),
]
