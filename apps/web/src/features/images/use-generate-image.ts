import { useTollgate } from '../../connection/tollgate-context.ts'

/** Makes a picture; one click is charged at most once. */
export function useGenerateImage() {
  return useTollgate().useBilled((api) => api.images.generate)
}

/** A picture as the server answers it. */
export type Picture = NonNullable<ReturnType<typeof useGenerateImage>['output']>
