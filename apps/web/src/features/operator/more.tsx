import { Button } from '../../components/button.tsx'

/** Loads the next page of a list, if there is one. */
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
