// Wording of the invented records: short titles of few distinct kinds, so that search has something to find.

export const themes = [
  '学习党的二十大精神',
  '重温入党誓词',
  '志愿服务进社区',
  '学习党章党规',
  '参观红色教育基地',
  '义务植树',
  '文明交通劝导',
  '慰问困难党员',
  '观看红色电影',
  '清洁家园行动',
  '学习先进典型',
  '政策宣讲进乡村',
  '义务献血',
  '交纳党费学党史',
  '重走革命路',
  '助农采摘',
  '河道巡护',
  '学习太行精神',
  '走访老党员',
  '法律法规学习',
]
export const lectureTopics = [
  '坚定理想信念',
  '弘扬太行精神',
  '做合格党员',
  '学党史明初心',
  '践行群众路线',
  '担当作为强作风',
  '牢记初心使命',
  '高质量发展怎么干',
]
export const disciplineTopics = ['学条例守规矩', '把纪律挺在前面', '算好廉洁账', '严守六项纪律', '以案为鉴守底线', '纪律处分条例解读']
export const discussionTopics = ['全面从严治党', '调查研究怎么做', '高质量发展', '基层治理', '优化营商环境', '乡村振兴', '服务群众本领', '青年干部成长']
export const studyTopics = [
  '党的二十大报告',
  '党章和党内法规',
  '经济工作会议精神',
  '生态文明思想',
  '意识形态工作',
  '全面从严治党',
  '保密与安全',
  '中国式现代化',
  '群众工作方法',
  '法治思想',
]
export const agendas = ['研究月度党建工作', '通报党费收缴', '研究发展党员', '安排主题党日', '研究组织生活会', '讨论年度计划', '民主评议准备']
export const researchTopics = ['营商环境', '基层减负', '养老服务', '农村饮水', '小区物业', '产业转型', '招商引资', '文旅融合', '就业服务', '城市更新']
export const deeds = ['修缮村道路灯', '上门办证服务', '帮扶困难家庭', '捐建图书角', '开通便民热线', '解决停车难', '代办惠农手续', '组织义诊']
export const outreachTopics = ['二十大精神宣讲', '惠民政策宣讲', '防诈骗宣讲', '家风故事宣讲', '法治宣讲', '典型事迹宣讲']
export const trainings = ['党务干部培训', '青年干部培训', '党员轮训', '业务能力培训']
export const cultures = [
  ['廉洁书画展', 'exhibition'],
  ['家风征文', 'essay'],
  ['廉洁微视频', 'video'],
  ['廉洁读书分享', 'reading'],
  ['廉洁文化墙', 'display'],
] as const
export const warnings = [
  ['观看警示教育片', 'film'],
  ['参观警示教育基地', 'site'],
  ['通报典型案例', 'cases'],
  ['家风助廉教育', 'family'],
] as const
export const places = ['机关会议室', '三楼会议室', '党员活动室', '多功能厅', '社区服务中心', '红色教育基地']
