import { useCatalog } from '../../connection/use-catalog.ts'
import { useCopy } from '../../copy/copy-context.tsx'

/** Describes an invoice line in the user's language: known offers by their localized name, everything else as billed. */
export function useLineText(): (description: string) => string {
  const { t } = useCopy()
  const catalog = useCatalog()
  return (description) => {
    const offer = catalog?.offers.find(({ name }) => name === description)
    return offer ? t.offer(offer).name : description
  }
}
