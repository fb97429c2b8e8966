import { LoginCallback, navigationGuard } from '@okta/okta-vue'
import { createRouter, createWebHistory } from 'vue-router'
import { Profile } from './profile.ts'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', component: { template: '<p>Welcome</p>' } },
    { path: '/login/callback', component: LoginCallback },
    { path: '/profile', component: Profile, meta: { requiresAuth: true } },
  ],
})

router.beforeEach(navigationGuard)
