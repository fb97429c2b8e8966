import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/admin/',
  plugins: [react()],
  build: { target: 'es2023', chunkSizeWarningLimit: 1000 },
})
