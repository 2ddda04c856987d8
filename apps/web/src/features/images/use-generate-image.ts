import { trpc, useBilledMutation } from '@tollgate/client/react'

/** Makes a picture; one click is charged at most once. */
export function useGenerateImage() {
  return useBilledMutation(trpc.images.generate)
}

/** A picture as the server answers it. */
export type Picture = NonNullable<ReturnType<typeof useGenerateImage>['output']>
