import { Button } from '../../components/button.tsx'

/** Reads the next page of a list, while there is one. */
export function More(props: { hasMore: boolean; isLoading: boolean; onMore: () => void }) {
  if (!props.hasMore) return null
  return (
    <div className="mt-4">
      <Button pending={props.isLoading} onClick={props.onMore}>
        Show more
      </Button>
    </div>
  )
}
