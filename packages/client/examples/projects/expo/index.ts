// @boundaries-ignore this file is copied into a project of its own
import { registerRootComponent } from 'expo'
import App from './App'

registerRootComponent(App)
