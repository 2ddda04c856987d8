import { playReadmeStory } from './play-readme-story.ts'
import { IMAGE_BYTES_MAX } from './image-bytes-max.ts'
import { runToEnd } from './run-to-end.ts'

// `pnpm container:check <url> [image]`: runs the README's scenario against a running container, and checks the size of its image.
const [url, image] = process.argv.slice(2)
if (!url) throw new Error('Name the URL of the server.')
await playReadmeStory(url)
process.stdout.write(`${url}: a guest made a card, and has nine images left.\n`)
if (image) {
  const args = ['image', 'inspect', '--format', '{{.Size}}', image]
  const bytes = Number(await runToEnd('docker', args, process.cwd()))
  process.stdout.write(`${image}: ${(bytes / 1_000_000).toFixed(0)} MB\n`)
  if (!(bytes <= IMAGE_BYTES_MAX)) process.exitCode = 1
}
