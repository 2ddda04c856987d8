import { ImageStudio } from '../../features/images/image-studio.tsx'
import { Screen } from '../../ui/screen.tsx'

export default function ImageStudioScreen() {
  return (
    <Screen>
      <ImageStudio />
    </Screen>
  )
}
