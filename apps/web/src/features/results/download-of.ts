import type { PaidResult } from '@tollgate/contract'
import { describeResult } from '@tollgate/contract/copy'
import { fileName } from '../billed-call/file-name.ts'
import { svgSource } from './result-preview.tsx'

/** The URL and file name of a result's download; null if there is nothing to save. */
export function downloadOf({
  procedure,
  output,
}: Pick<PaidResult, 'procedure' | 'output'>): { href: string; name: string } | null {
  const { title, content } = describeResult(procedure, output)
  const words = title ?? procedure
  switch (content.kind) {
    case 'picture':
      return { href: content.url, name: fileName(words, 'png') }
    case 'code':
      return { href: svgSource(content.svg), name: fileName(`qr ${words}`, 'svg') }
    case 'text':
      return {
        href: `data:text/plain;charset=utf-8,${encodeURIComponent(content.text)}`,
        name: fileName(words, 'txt'),
      }
    case 'none':
      return null
  }
}
