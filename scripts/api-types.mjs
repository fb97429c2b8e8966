// npm run api-types: writes the console's types anew from the server's description of its API.
import { becomeNode } from './run-node.mjs'

becomeNode(['server/test/write-api-types.ts'])
