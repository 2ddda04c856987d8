import { useCatalog } from '../../connection/use-catalog.ts'
import { useCopy } from '../../copy/copy-context.tsx'

/** Words a line of an invoice in the reader's language: what is for sale by its own name there, everything else as billed. */
export function useLineText(): (description: string) => string {
  const { t } = useCopy()
  const catalog = useCatalog()
  return (description) => {
    const offer = catalog?.offers.find(({ name }) => name === description)
    return offer ? t.offer(offer).name : description
  }
}
