// Invented personal names.
import type { Random } from './random.ts'

const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
]
const givenMale = [...'伟强磊军勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆旭晨峰毅博文志建国海山林松柏川岩诚信廉正清安康宁远达航']
const givenFemale = [...'芳娜敏静丽艳娟霞秀英燕玲桂兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓']

/** A name and a sex, made of common characters. */
export function personName(stream: Random): { name: string; sex: string } {
  const female = stream.chance(0.38)
  const given = female ? givenFemale : givenMale
  const second = stream.chance(0.82) ? stream.pick(given) : ''
  // Early draws weigh more: the most common surnames are the first.
  const surname = surnames[Math.floor(stream.next() ** 1.7 * surnames.length)] ?? '王'
  return { name: surname + stream.pick(given) + second, sex: female ? '女' : '男' }
}
