import { type Call, type Row, row } from './call.ts'

export const download = (id: number, format = 'pem_all'): Call => ({
  path: `/certificate/${id}/download/format/${format}`,
})
export const downloadOfOrder = (place: string): Call => ({ path: `/certificate/download/order/${place}` })
export const chain = (id: number): Call => ({ path: `/certificate/${id}/chain` })

/** With and without a number, a platform's. */
export const downloadFor = (id: number, ...platforms: readonly string[]): Call => ({
  path: [`/certificate/${id}/download/platform`, ...platforms].join('/'),
})

const formats = ['default', 'default_pem', 'default_cer', 'apache', 'p7b', 'cer', 'pem_noroot', 'pem_nointermediate']

/** What takes a certificate, and gives it in some form. */
const views = (id: number): readonly Call[] => [download(id), downloadFor(id), downloadFor(id, '45'), chain(id)]
const ofOrder = (id: number): readonly Call[] => [downloadOfOrder(`${id}`), downloadOfOrder(`${id}/format/pem`)]

export const certificateRows: readonly Row[] = [
  ...[...formats, 'crt', 'pem', 'der'].map((format) => row(`a download as ${format}`, 200, [download(100203, format)])),
  row('a download in an unknown format', 400, [download(100203, 'doc')]),
  row('a download for a platform that cannot be read', 400, [downloadFor(100203, 'x')]),
  row('a download for a platform that cannot be', 400, [downloadFor(100203, '-7')]),
  row('a duplicate by its place', 200, [downloadOfOrder('100003/format/pem?subId=001')]),
  row('a duplicate by its place, the format in the query', 200, [downloadOfOrder('100003?sub_id=2&formatType=p7b')]),
  row('a download of an order in an unknown format', 400, [downloadOfOrder('100003/format/doc')]),
  row('a download of an order in an unknown format of the query', 400, [downloadOfOrder('100003?format_type=doc')]),
  ...['100003?sub_id=x', '100003/format/pem?sub_id=x'].map((path) =>
    row(`a download of a place that cannot be read: ${path}`, 400, [downloadOfOrder(path)]),
  ),
  ...[...views(4711), ...ofOrder(4711)].map((call) => row(`nothing: ${call.path}`, 404, [call])),
  ...[...views(23456), ...ofOrder(100005)].map((call) => row(`what is not issued: ${call.path}`, 404, [call])),
]
