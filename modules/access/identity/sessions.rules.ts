// Sessions in words.

const systems: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/i, '鸿蒙'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, '安卓'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/UOS|Uniontech/i, '统信'],
  [/Kylin/i, '麒麟'],
  [/Linux|X11/, 'Linux'],
]

// Each of the later ones is also named by those before it.
const browsers: [RegExp, string][] = [
  [/MicroMessenger/, '微信'],
  [/DingTalk/i, '钉钉'],
  [/QQBrowser/, 'QQ 浏览器'],
  [/360|QIHU/i, '360 浏览器'],
  [/Edg/, 'Edge'],
  [/Firefox/, '火狐'],
  [/Chrome|Chromium|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]

/** A device as its owner would call it, from what its browser says of itself. */
export function deviceInWords(agent: string): string {
  const found = [systems, browsers].flatMap((kinds) => kinds.find(([pattern]) => pattern.test(agent))?.[1] ?? [])
  return found.length === 0 ? '未知设备' : found.join(' ')
}
