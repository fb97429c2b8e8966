// Vue's single-file components, as far as snippets use them: a template, and no script beside it.

import type { Plugin } from 'vite'
import { compileTemplate, parse } from 'vue/compiler-sfc'

export const vueFiles = (): Plugin => ({
  name: 'vue-files',
  transform(source, id) {
    if (!id.endsWith('.vue')) return undefined
    const { descriptor, errors } = parse(source, { filename: id })
    if (errors.length > 0 || !descriptor.template || descriptor.script || descriptor.scriptSetup)
      throw new Error(`${id} is not just a template.`, { cause: errors })
    const { code, errors: faults } = compileTemplate({ source: descriptor.template.content, filename: id, id })
    if (faults.length > 0) throw new Error(`The template of ${id} does not compile.`, { cause: faults })
    return { code: `${code}\nexport default { render }`, moduleType: 'js' }
  },
})
