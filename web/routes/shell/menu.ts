// The pages of the menu, those that are used most first: a phone's dock shows four. A page that comes gets its line here; `initials` are the pinyin initials by which the search palette finds it.

export interface MenuItem {
  href: string
  label: string
  initials: string
  /** The one question the page answers. */
  question: string
  /** True where the page is for everybody, signed in or not. */
  open?: boolean
  /** The action that one's posts must give; left out, every signed-in person has the page. */
  needs?: string
  /** Not for the three officers, who do none of the city's work. */
  notForOfficers?: true
  icon: string
}

export const menu: MenuItem[] = [
  { href: '/', label: '工作台', initials: 'gzt', question: '我要做什么，什么时候截止，要几分钟', notForOfficers: true, icon: 'M4 5h16v14H4zM4 10h16M9 5v14' },
  {
    href: '/accounts',
    label: '账号',
    initials: 'zh',
    question: '谁能登录，开立、停用账号，重设密码',
    needs: 'account.manage',
    icon: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21c0-5 4-7 8-7s8 2 8 7z',
  },
  {
    href: '/appointments',
    label: '任命',
    initials: 'rm',
    question: '谁有什么岗位、从何而来；任命、结束，强制退出',
    needs: 'security.manage',
    icon: 'M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6zM8 12l3 3 5-6',
  },
  {
    href: '/audit',
    label: '审计',
    initials: 'sj',
    question: '谁做了什么、看了什么；链是不是完整',
    needs: 'audit.read',
    icon: 'M5 3h10l4 4v14H5zM15 3v4h4M8 12l2 2 4-4M8 18h8',
  },
  {
    href: '/answers',
    label: '答卷',
    initials: 'dj',
    question: '做得怎么样，每个数字从哪里来',
    open: true,
    icon: 'M5 3h11l3 3v15H5zM8 8h8M8 12h8M8 16h5',
  },
  {
    href: '/matters',
    label: '事项',
    initials: 'sx',
    question: '交办的、要整改的、承诺了的办到哪一步，什么时候到期',
    needs: 'read',
    icon: 'M4 6h3v3H4zM4 15h3v3H4zM10 7h10M10 16h10M5.5 9v6',
  },
  {
    href: '/requests',
    label: '下发',
    initials: 'xf',
    question: '要求别人办的事发给谁，谁办了，谁还没办',
    needs: 'matter.ask',
    icon: 'M4 12h10M10 8l4 4-4 4M16 5h4M16 12h4M16 19h4',
  },
  {
    href: '/inspections',
    label: '督查',
    initials: 'dc',
    question: '今年查哪些单位、谁去查，查出了什么、改了没有',
    needs: 'read',
    icon: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 21 21M8 10.5l2 2 3.5-4',
  },
  {
    href: '/hotline',
    label: '热线',
    initials: 'rx',
    question: '群众问了什么，到哪一步，还剩多少时间，解决了没有',
    needs: 'hotline.read',
    icon: 'M6 3h4l2 5-3 2a12 12 0 0 0 5 5l2-3 5 2v4c0 2-1 3-3 3C10 20 4 14 3 6c0-2 1-3 3-3z',
  },
  { href: '/records', label: '纪实', initials: 'js', question: '发生了什么', needs: 'read', icon: 'M6 3h9l4 4v14H6zM15 3v4h4M9 11h7M9 15h7' },
  {
    href: '/duties',
    label: '责任清单',
    initials: 'zrqd',
    question: '每一级、每个岗位该做什么，到期没有，有没有人承担',
    needs: 'read',
    icon: 'M5 3h14v18H5zM8 8l1 1 2-2M13 8h3M8 13l1 1 2-2M13 13h3M8 17h8',
  },
  {
    href: '/burden',
    label: '减负',
    initials: 'jf',
    question: '向基层要了什么，要花多少时间，有没有重复要',
    needs: 'read',
    icon: 'M12 3v18M5 8h14M5 8l-3 7h6zM19 8l-3 7h6z',
  },
  {
    href: '/scoring',
    label: '考核',
    initials: 'kh',
    question: '得了多少分，每一分从哪里来；等次怎么定',
    needs: 'read',
    icon: 'M4 20V9h4v11zM10 20V4h4v16zM16 20v-8h4v8z',
  },
  {
    href: '/rubrics',
    label: '细则',
    initials: 'xz',
    question: '考什么、怎么计分；写、改、延续到下一年',
    needs: 'rubric.edit',
    icon: 'M5 3h14v18H5zM8 8h8M8 12h4M12 19l7-7 2 2-7 7h-2z',
  },
  {
    href: '/approvals',
    label: '签批与发布',
    initials: 'qpyfb',
    question: '什么在等我的一句话，什么在公示，什么发给了谁',
    notForOfficers: true,
    icon: 'M5 3h14v18H5zM8 8h8M8 12h5M13 17l2 2 4-5',
  },
  {
    href: '/news',
    label: '消息',
    initials: 'xx',
    question: '什么快到期了，我关注的事项有什么进展',
    needs: 'read',
    icon: 'M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4',
  },
  {
    href: '/notices',
    label: '公示',
    initials: 'gs',
    question: '什么在公示，怎么提出异议',
    open: true,
    icon: 'M4 10v4h3l8 5V5l-8 5zM18 9v6',
  },
  {
    href: '/org',
    label: '组织',
    initials: 'zz',
    question: '谁是谁，哪一天都可查；结构和任期',
    icon: 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4',
  },
  {
    href: '/posts',
    label: '岗位与权限',
    initials: 'gwyqx',
    question: '我可以做什么、管到哪里；每个岗位可以做什么',
    icon: 'M4 4h16v16H4zM9 4v16M9 10h11M9 15h11M5.5 12h2',
  },
  {
    href: '/delegations',
    label: '委托代行',
    initials: 'wtdx',
    question: '谁替谁代行岗位，到哪天为止',
    notForOfficers: true,
    icon: 'M4 8h13l-4-4M20 16H7l4 4',
  },
  {
    href: '/coverage',
    label: '原文对照',
    initials: 'ywdz',
    question: '报道写到的每一项，在这里是哪一页',
    open: true,
    icon: 'M4 4h7v16H4zM13 4h7v16h-7zM6 8h3M6 12h3M15 8h3M15 12h3',
  },
]

/** The item a path belongs to. */
export function itemOf(path: string): MenuItem | undefined {
  return menu.find((item) => (item.href === '/' ? path === '/' : path === item.href || path.startsWith(`${item.href}/`)))
}

/** What the three officers do; each has a page of its own instead of the workbench. */
const officers = ['account.manage', 'security.manage', 'audit.read']

/** Where an officer begins; undefined for everybody else, who begins at the workbench. */
export function homeOf(may: readonly string[]): string | undefined {
  return menu.find(({ needs }) => needs !== undefined && officers.includes(needs) && may.includes(needs))?.href
}

/** What the menu shows: `may` holds the actions of the signed-in person, null where nobody is. */
export function menuFor(may: readonly string[] | null): MenuItem[] {
  if (may === null) return menu.filter((item) => item.open)
  const isOfficer = homeOf(may) !== undefined
  return menu.filter((item) => (item.needs === undefined || may.includes(item.needs)) && !(isOfficer && item.notForOfficers))
}

/** Items whose name or initials fit what was typed. */
export function matching(items: MenuItem[], text: string): MenuItem[] {
  const wanted = text.trim().toLowerCase()
  return items.filter((item) => item.label.includes(wanted) || item.initials.startsWith(wanted))
}
