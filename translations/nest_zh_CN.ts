<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AnswerView</name>
    <message>
        <source>No answer</source>
        <translation>无响应</translation>
    </message>
</context>
<context>
    <name>Answers</name>
    <message>
        <source>The body was longer; its first 1 MiB is here.</source>
        <translation>正文更长，这里是前 1 MiB。</translation>
    </message>
    <message>
        <source>%1 of binary data</source>
        <translation>%1 二进制数据</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>The type says JSON, but the body is none.</source>
        <translation>类型声明为 JSON，但正文不是。</translation>
    </message>
    <message>
        <source>Long lines are cut here; Copy takes them whole.</source>
        <translation>过长的行在此截断，复制时取全文。</translation>
    </message>
</context>
<context>
    <name>Cells</name>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>fetch</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>runtime init</source>
        <translation>运行时初始化</translation>
    </message>
    <message>
        <source>user init</source>
        <translation>用户初始化</translation>
    </message>
</context>
<context>
    <name>Charts</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>no data, %1</source>
        <translation>无数据，%1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最大实例数</translation>
    </message>
    <message>
        <source>Wish</source>
        <translation>需求值</translation>
    </message>
    <message>
        <source>max %1</source>
        <translation>最大 %1</translation>
    </message>
    <message>
        <source>wish %1</source>
        <translation>需求 %1</translation>
    </message>
    <message>
        <source>peak %1 %2</source>
        <translation>峰值 %1 %2</translation>
    </message>
    <message>
        <source>scaled to zero since %1</source>
        <translation>自 %1 起缩容到 0</translation>
    </message>
    <message>
        <source>at zero until the first request</source>
        <translation>首个请求到来前保持为 0</translation>
    </message>
    <message>
        <source>no request in this time</source>
        <translation>此时段内没有请求</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>并发</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>Desired</source>
        <translation>期望</translation>
    </message>
    <message>
        <source>requests in the activator</source>
        <translation>激活器中的请求</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Capacity = ready × %1 × %2</source>
        <translation>容量 = 就绪 × %1 × %2</translation>
    </message>
    <message>
        <source>Desired, not ready</source>
        <translation>期望但未就绪</translation>
    </message>
    <message>
        <source>Requests now</source>
        <translation>当前请求</translation>
    </message>
    <message>
        <source>In activator</source>
        <translation>激活器中</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>请求</translation>
    </message>
</context>
<context>
    <name>Config</name>
    <message>
        <source>requests/s</source>
        <translation>每秒请求数</translation>
    </message>
    <message>
        <source>requests at once</source>
        <translation>并发请求数</translation>
    </message>
    <message>
        <source>CPU %</source>
        <translation>CPU %</translation>
    </message>
    <message>
        <source>memory MB</source>
        <translation>内存 MB</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Handler</source>
        <translation>处理函数</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>时间限制</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>预留实例</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最大实例数</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>单机阈值</translation>
    </message>
    <message>
        <source>Utilisation</source>
        <translation>阈值使用率</translation>
    </message>
    <message>
        <source>Stable window</source>
        <translation>稳定窗口</translation>
    </message>
    <message>
        <source>Panic window</source>
        <translation>恐慌窗口</translation>
    </message>
    <message>
        <source>Panic at</source>
        <translation>恐慌倍数</translation>
    </message>
    <message>
        <source>Scale-down delay</source>
        <translation>缩容延迟</translation>
    </message>
    <message>
        <source>To zero after</source>
        <translation>缩容到 0 的等待时间</translation>
    </message>
    <message>
        <source>Requests at once per instance</source>
        <translation>单实例并发上限</translation>
    </message>
    <message>
        <source>Secret %1</source>
        <translation>密钥 %1</translation>
    </message>
    <message>
        <source>open, but not to this machine</source>
        <translation>开放，但不含本机</translation>
    </message>
    <message>
        <source>only what is granted</source>
        <translation>仅限已授权的地址</translation>
    </message>
    <message>
        <source>May reach %1</source>
        <translation>可访问 %1</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
</context>
<context>
    <name>Deploy</name>
    <message>
        <source>Reserved</source>
        <translation>预留实例</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最大实例数</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>单机阈值</translation>
    </message>
    <message>
        <source>Utilisation</source>
        <translation>阈值使用率</translation>
    </message>
    <message numerus="yes">
        <source>%n instances are replaced</source>
        <translation>
            <numerusform>替换 %n 个实例</numerusform>
        </translation>
    </message>
    <message>
        <source>No running instance is replaced</source>
        <translation>不替换正在运行的实例</translation>
    </message>
    <message>
        <source>%1 is new in %2</source>
        <comment>version, group</comment>
        <translation>%1 首次部署到 %2</translation>
    </message>
    <message>
        <source>v%1 stays for %2 % in %3</source>
        <translation>v%1 在 %3 保留 %2 %</translation>
    </message>
    <message>
        <source>%1 %2 in %3</source>
        <comment>name, value, group</comment>
        <translation>%3 的%1：%2</translation>
    </message>
    <message>
        <source>%1 %2 → %3 in %4</source>
        <comment>name, old value, new value, group</comment>
        <translation>%4 的%1：%2 → %3</translation>
    </message>
    <message>
        <source>Undo is offered for 5 s after it</source>
        <translation>完成后 5 秒内可以撤销</translation>
    </message>
    <message>
        <source>Sent, waiting for the answer</source>
        <translation>已发送，等待应答</translation>
    </message>
    <message>
        <source>Changed · %1 of %2 instances ready</source>
        <translation>已变更 · %2 个实例中 %1 个就绪</translation>
    </message>
    <message>
        <source>Changed, waiting for the first count of instances</source>
        <translation>已变更，等待实例数</translation>
    </message>
    <message>
        <source>Changed · at zero, the first request starts %1</source>
        <translation>已变更 · 缩容到 0，首个请求会启动 %1</translation>
    </message>
    <message>
        <source>Ready · %1 of %2 instances</source>
        <translation>就绪 · %1 / %2 个实例</translation>
    </message>
    <message>
        <source>Not sent: somebody deleted this deployment meanwhile.</source>
        <translation>未写入：其他用户在此期间删除了该部署。</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>其他用户</translation>
    </message>
    <message>
        <source>Not written: %1 changed it meanwhile. It is now %2, reserved %3, maximum %4.</source>
        <translation>未写入：%1 在此期间做了变更。现在是 %2，预留 %3，最大 %4。</translation>
    </message>
    <message>
        <source>Putting the former state back</source>
        <translation>正在恢复原状态</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>已恢复为 %1</translation>
    </message>
    <message>
        <source>Deleted again</source>
        <translation>已重新删除</translation>
    </message>
    <message>
        <source>Taking %1 back</source>
        <translation>正在撤回 %1</translation>
    </message>
    <message>
        <source>Deploying %1</source>
        <translation>正在部署 %1</translation>
    </message>
    <message>
        <source>%1 could not be taken back in %2 of %3 groups</source>
        <translation>%1 在 %2 个分组（共 %3 个）中未能撤回</translation>
    </message>
    <message>
        <source>%1 was not deployed to %2 of %3 groups</source>
        <translation>%1 未能部署到 %2 个分组（共 %3 个）</translation>
    </message>
    <message>
        <source>%1 was taken back</source>
        <translation>%1 已撤回</translation>
    </message>
    <message>
        <source>%1 is deployed</source>
        <translation>%1 已部署</translation>
    </message>
    <message>
        <source>%1 is written, its instances start</source>
        <translation>%1 已写入，实例正在启动</translation>
    </message>
    <message>
        <source>v%1 has %2 % in %3</source>
        <comment>version, share, group</comment>
        <translation>v%1 在 %3 占 %2 %</translation>
    </message>
    <message>
        <source>%1 went from %2 to %3 in %4</source>
        <comment>name, old value, new value, group</comment>
        <translation>%4 的%1从 %2 变为 %3</translation>
    </message>
    <message numerus="yes">
        <source>%n instances are being replaced</source>
        <translation>
            <numerusform>正在替换 %n 个实例</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instances were replaced</source>
        <translation>
            <numerusform>已替换 %n 个实例</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is being sent to %2</source>
        <comment>version, group</comment>
        <translation>正在将 %1 发送到 %2</translation>
    </message>
    <message>
        <source>%1 starts in %2</source>
        <comment>version, group</comment>
        <translation>%1 正在 %2 启动</translation>
    </message>
    <message>
        <source>%1 was deployed to %2</source>
        <comment>version, group</comment>
        <translation>%1 已部署到 %2</translation>
    </message>
    <message>
        <source>%1 was not deployed to %2</source>
        <comment>version, group</comment>
        <translation>%1 未部署到 %2</translation>
    </message>
    <message>
        <source>%1 is being taken back in %2</source>
        <comment>version, group</comment>
        <translation>正在从 %2 撤回 %1</translation>
    </message>
    <message>
        <source>%1 was taken back in %2</source>
        <comment>version, group</comment>
        <translation>%1 已从 %2 撤回</translation>
    </message>
    <message>
        <source>%1 could not be taken back in %2</source>
        <comment>version, group</comment>
        <translation>%1 无法从 %2 撤回</translation>
    </message>
</context>
<context>
    <name>Editors</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Explain</name>
    <message numerus="yes">
        <source>%n instances</source>
        <comment>a number of running instances</comment>
        <translation>
            <numerusform>%n 个实例</numerusform>
        </translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>并发请求</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>%1 averaged &lt;b&gt;%2 %3&lt;/b&gt; over %4 s. One instance is meant to carry %5 × %6 = %7 %3, which asks for &lt;b&gt;%8&lt;/b&gt;.</source>
        <translation>%1在 %4 秒内平均为 &lt;b&gt;%2 %3&lt;/b&gt;。每个实例应承载 %5 × %6 = %7 %3，因此需要 &lt;b&gt;%8&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>The platform was in &lt;b&gt;panic&lt;/b&gt;: the short window of %1 s decides. What set it off was not recorded.</source>
        <translation>平台处于&lt;b&gt;恐慌&lt;/b&gt;状态：由 %1 秒的短窗口决定。触发原因没有记录。</translation>
    </message>
    <message>
        <source>The platform was still in &lt;b&gt;panic&lt;/b&gt;: the number does not shrink until the load has stayed below the border of %1 × ready for a whole window of %2 s.</source>
        <translation>平台仍处于&lt;b&gt;恐慌&lt;/b&gt;状态：负载须在整个 %2 秒窗口内低于 %1 × 就绪的界线，实例数才会减少。</translation>
    </message>
    <message>
        <source>The last %1 s asked for &lt;b&gt;%2 times&lt;/b&gt; the instances that were ready, and from %3 times on the short window decides (&lt;b&gt;panic&lt;/b&gt;).</source>
        <translation>最近 %1 秒所需的实例数是就绪实例的 &lt;b&gt;%2 倍&lt;/b&gt;，达到 %3 倍即由短窗口决定（&lt;b&gt;恐慌&lt;/b&gt;）。</translation>
    </message>
    <message>
        <source>No limit changed that.</source>
        <translation>没有任何限制改变这一结果。</translation>
    </message>
    <message>
        <source>At least &lt;b&gt;%1&lt;/b&gt; are reserved, so there are %2.</source>
        <translation>至少预留 &lt;b&gt;%1&lt;/b&gt; 个，因此为 %2 个。</translation>
    </message>
    <message>
        <source>The maximum is &lt;b&gt;%1&lt;/b&gt;, so it became %2 instead of %3.</source>
        <translation>最大实例数为 &lt;b&gt;%1&lt;/b&gt;，因此为 %2 而不是 %3。</translation>
    </message>
    <message>
        <source>Growing is limited at one time, so it became &lt;b&gt;%1&lt;/b&gt; instead of %2.</source>
        <translation>单次扩容有上限，因此为 &lt;b&gt;%1&lt;/b&gt; 而不是 %2。</translation>
    </message>
    <message>
        <source>Shrinking is limited at one time, so it became &lt;b&gt;%1&lt;/b&gt; instead of %2.</source>
        <translation>单次缩容有上限，因此为 &lt;b&gt;%1&lt;/b&gt; 而不是 %2。</translation>
    </message>
    <message>
        <source>Within the last %1 s &lt;b&gt;%2&lt;/b&gt; were needed, and the platform shrinks only after that delay.</source>
        <translation>最近 %1 秒内曾需要 &lt;b&gt;%2&lt;/b&gt; 个，平台只在该延迟之后才缩容。</translation>
    </message>
    <message>
        <source>In panic the number never shrinks, so the &lt;b&gt;%1&lt;/b&gt; of this panic stay.</source>
        <translation>恐慌状态下实例数不会减少，因此保留本次恐慌的 &lt;b&gt;%1&lt;/b&gt; 个。</translation>
    </message>
    <message>
        <source>One instance is kept until nothing has come for &lt;b&gt;%1 s&lt;/b&gt;.</source>
        <translation>保留一个实例，直到 &lt;b&gt;%1 秒&lt;/b&gt;内没有任何请求。</translation>
    </message>
    <message>
        <source>Nothing was running and a request was waiting, so &lt;b&gt;one instance&lt;/b&gt; was started at once.</source>
        <translation>没有实例在运行而有请求在等待，因此立即启动了&lt;b&gt;一个实例&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>Average of %1 s (short window)</source>
        <translation>%1 秒平均（短窗口）</translation>
    </message>
    <message>
        <source>Average of %1 s</source>
        <translation>%1 秒平均</translation>
    </message>
    <message>
        <source>req/s</source>
        <translation>次/秒</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>并发</translation>
    </message>
    <message>
        <source>No request came for &lt;b&gt;%1 s&lt;/b&gt;. After %2 s without any, the last instance goes.</source>
        <translation>&lt;b&gt;%1 秒&lt;/b&gt;内没有请求。连续 %2 秒没有请求后，最后一个实例停止。</translation>
    </message>
    <message>
        <source>The last instance went because no request came. How long none had come &lt;b&gt;was not recorded&lt;/b&gt;.</source>
        <translation>因没有请求，最后一个实例已停止。空闲时长&lt;b&gt;没有记录&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>A person set the number to %1.</source>
        <translation>由人工将实例数设为 %1。</translation>
    </message>
    <message>
        <source>%1 waited and no instance was there to take it.</source>
        <comment>first part: number of requests</comment>
        <translation>%1 在等待，而没有实例可以处理。</translation>
    </message>
    <message numerus="yes">
        <source>%n requests</source>
        <comment>a number of waiting requests</comment>
        <translation>
            <numerusform>%n 个请求</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting requests</source>
        <translation>等待中的请求</translation>
    </message>
    <message>
        <source>Last request</source>
        <translation>最近一次请求</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>%1 秒前</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>none</source>
        <comment>no limit</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>reserved</source>
        <translation>预留实例</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>最大实例数</translation>
    </message>
    <message>
        <source>growth at one time</source>
        <translation>单次扩容</translation>
    </message>
    <message>
        <source>shrinking at one time</source>
        <translation>单次缩容</translation>
    </message>
    <message>
        <source>scale-down delay</source>
        <translation>缩容延迟</translation>
    </message>
    <message>
        <source>held in panic</source>
        <translation>恐慌保持</translation>
    </message>
    <message>
        <source>kept until idle</source>
        <translation>保留至空闲</translation>
    </message>
    <message>
        <source>a request was waiting</source>
        <translation>有请求等待</translation>
    </message>
    <message>
        <source>stable</source>
        <comment>cause of a decision</comment>
        <translation>稳定</translation>
    </message>
    <message>
        <source>panic</source>
        <comment>cause of a decision</comment>
        <translation>恐慌</translation>
    </message>
    <message>
        <source>first request</source>
        <comment>cause of a decision</comment>
        <translation>首个请求</translation>
    </message>
    <message>
        <source>scale to zero</source>
        <comment>cause of a decision</comment>
        <translation>缩容到 0</translation>
    </message>
    <message>
        <source>rule change</source>
        <comment>cause of a decision</comment>
        <translation>规则变更</translation>
    </message>
    <message>
        <source>manual</source>
        <comment>cause of a decision</comment>
        <translation>人工</translation>
    </message>
    <message>
        <source>idle for %1 s</source>
        <translation>空闲 %1 秒</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message numerus="yes">
        <source>%n requests waiting</source>
        <translation>
            <numerusform>%n 个请求等待</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>load, then the limit that held</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Nothing &lt;b&gt;is measured&lt;/b&gt; of the last %1 s yet, so nothing was computed from it.</source>
        <translation>最近 %1 秒的负载&lt;b&gt;尚未测得&lt;/b&gt;，因此未据此计算。</translation>
    </message>
    <message>
        <source>Nothing &lt;b&gt;is measured&lt;/b&gt; of the last %1 s yet, so the number of instances was kept.</source>
        <translation>最近 %1 秒的负载&lt;b&gt;尚未测得&lt;/b&gt;，因此实例数保持不变。</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测得</translation>
    </message>
    <message>
        <source>Ready + starting</source>
        <translation>就绪 + 启动中</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>尚未测得</translation>
    </message>
    <message>
        <source>%1 reserved</source>
        <translation>预留 %1</translation>
    </message>
    <message>
        <source>wish %1</source>
        <translation>需求 %1</translation>
    </message>
    <message>
        <source>Average of the last %1 s (short window %2 s, the group is younger)</source>
        <translation>最近 %1 秒的平均值（短窗口 %2 秒，分组运行时间更短）</translation>
    </message>
    <message>
        <source>Average of the last %1 s (window %2 s, the group is younger)</source>
        <translation>最近 %1 秒的平均值（窗口 %2 秒，分组运行时间更短）</translation>
    </message>
    <message>
        <source>The scaling rule was changed: &lt;b&gt;rule revision %1&lt;/b&gt;.</source>
        <translation>伸缩规则已修改：&lt;b&gt;规则修订 %1&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>Of the %1 metrics that are measured, &lt;b&gt;%2&lt;/b&gt; asks for most.</source>
        <translation>在已测到的 %1 项指标中，&lt;b&gt;%2&lt;/b&gt; 要求最多。</translation>
    </message>
    <message>
        <source>The reservation &lt;b&gt;%1&lt;/b&gt; holds at least %2, so there are %3.</source>
        <translation>预留规则 &lt;b&gt;%1&lt;/b&gt; 保证至少 %2 个，因此有 %3。</translation>
    </message>
    <message>
        <source>One of the metrics is &lt;b&gt;not measured&lt;/b&gt;, so the number does not shrink.</source>
        <translation>有一项指标&lt;b&gt;没有测到&lt;/b&gt;，因此数量不会减少。</translation>
    </message>
    <message>
        <source>The load is within the &lt;b&gt;tolerance&lt;/b&gt;, so the number stays.</source>
        <translation>负载在&lt;b&gt;容差&lt;/b&gt;之内，因此数量不变。</translation>
    </message>
    <message>
        <source>Within the stabilisation window &lt;b&gt;%1&lt;/b&gt; were wished for, so it became these.</source>
        <translation>稳定窗口内期望 &lt;b&gt;%1&lt;/b&gt;，因此定为该数量。</translation>
    </message>
    <message>
        <source>No more than &lt;b&gt;%1&lt;/b&gt; of %2 MB each fit on the machine, so it became %3 instead of %4.</source>
        <translation>这台机器上每个 %2 MB 的实例最多放得下 &lt;b&gt;%1&lt;/b&gt; 个，因此是 %3 而不是 %4。</translation>
    </message>
    <message>
        <source>No more fit on the machine, so it became &lt;b&gt;%1&lt;/b&gt; instead of %2.</source>
        <translation>这台机器上放不下更多实例，因此是 &lt;b&gt;%1&lt;/b&gt; 而不是 %2。</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <comment>reserved instances, then the rule that reserves them</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>a metric is not measured</source>
        <translation>有指标未测到</translation>
    </message>
    <message>
        <source>within the tolerance</source>
        <translation>在容差之内</translation>
    </message>
    <message>
        <source>stabilisation window</source>
        <translation>稳定窗口</translation>
    </message>
    <message>
        <source>no room on the machine</source>
        <translation>机器上没有空间</translation>
    </message>
    <message>
        <source>schedule</source>
        <comment>cause of a decision</comment>
        <translation>定时规则</translation>
    </message>
</context>
<context>
    <name>Floors</name>
    <message>
        <source>base</source>
        <translation>基础</translation>
    </message>
    <message>
        <source>Floor %1</source>
        <translation>下限 %1</translation>
    </message>
    <message>
        <source>instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>now %1</source>
        <translation>现在 %1</translation>
    </message>
    <message>
        <source>What if %1</source>
        <translation>推演 %1</translation>
    </message>
</context>
<context>
    <name>GroupTexts</name>
    <message>
        <source>Give it a name.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>Use a to z, 0 to 9 and the dash.</source>
        <translation>请使用 a 到 z、0 到 9 和连字符。</translation>
    </message>
    <message>
        <source>Use at most 40 letters.</source>
        <translation>最多 40 个字符。</translation>
    </message>
    <message>
        <source>ends in %1</source>
        <translation>%1后结束</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
</context>
<context>
    <name>InstancesModel</name>
    <message>
        <source>Pending</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Draining</source>
        <translation>排空中</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
</context>
<context>
    <name>LoadCharts</name>
    <message>
        <source>capacity = ready × %1 × %2</source>
        <translation>容量 = 就绪 × %1 × %2</translation>
    </message>
    <message>
        <source>%1, panic mode</source>
        <translation>%1，恐慌模式</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>req/s</source>
        <translation>次/秒</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>instances</source>
        <translation>实例</translation>
    </message>
</context>
<context>
    <name>LoadTexts</name>
    <message>
        <source>Load on %1 failed: no request was answered</source>
        <translation>对 %1 的压测失败：没有请求得到应答</translation>
    </message>
    <message>
        <source>Load on %1 failed: no request succeeded</source>
        <translation>对 %1 的压测失败：没有请求成功</translation>
    </message>
    <message>
        <source>Load on %1 was stopped after %2</source>
        <translation>对 %1 的压测在 %2 后停止</translation>
    </message>
    <message>
        <source>Load on %1 is done</source>
        <translation>对 %1 的压测已完成</translation>
    </message>
    <message>
        <source>%1 answered</source>
        <translation>已应答 %1</translation>
    </message>
    <message>
        <source>success %1</source>
        <translation>成功率 %1</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message numerus="yes">
        <source>%n instances reached</source>
        <translation>
            <numerusform>触达 %n 个实例</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LookTexts</name>
    <message>
        <source>At zero</source>
        <translation>已缩容到 0</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>健康</translation>
    </message>
    <message>
        <source>Degraded</source>
        <translation>降级</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Draining</source>
        <translation>排空中</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>open, but not to this machine</source>
        <translation>开放，但不含本机</translation>
    </message>
    <message>
        <source>open, but not to this machine; and %1</source>
        <translation>开放，但不含本机；另加 %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 and nothing else</source>
        <translation>仅 %1</translation>
    </message>
</context>
<context>
    <name>NetworkTexts</name>
    <message>
        <source>Give it a name, or remove the row.</source>
        <translation>请填写名称，或删除该行。</translation>
    </message>
    <message>
        <source>A name has lower-case letters, figures and -, and begins with a letter.</source>
        <translation>名称由小写字母、数字和 - 组成，并以字母开头。</translation>
    </message>
    <message>
        <source>A name has at most %1 characters.</source>
        <translation>名称最多 %1 个字符。</translation>
    </message>
    <message>
        <source>Names that begin with nest are the platform&apos;s.</source>
        <translation>以 nest 开头的名称由平台保留。</translation>
    </message>
    <message>
        <source>Say where: an IP address or a name.</source>
        <translation>请填写主机：IP 地址或域名。</translation>
    </message>
    <message>
        <source>The port has a field of its own.</source>
        <translation>端口请填在单独的输入框中。</translation>
    </message>
    <message>
        <source>A host has at most %1 characters.</source>
        <translation>主机最多 %1 个字符。</translation>
    </message>
    <message>
        <source>A host is an IP address such as 10.0.0.7, or a name such as db.example.com.</source>
        <translation>主机是 IP 地址（如 10.0.0.7）或域名（如 db.example.com）。</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>端口是 1 到 65535 之间的数字。</translation>
    </message>
    <message>
        <source>The function may reach %1, %2.</source>
        <translation>函数可以访问 %1（%2）。</translation>
    </message>
    <message>
        <source>%1 leads to %3, not to %2.</source>
        <translation>%1 指向 %3，不再指向 %2。</translation>
    </message>
    <message>
        <source>The function may not reach %1 any more; it was %2.</source>
        <translation>函数不能再访问 %1；原为 %2。</translation>
    </message>
    <message>
        <source>The network is opened: the function may reach everything but the machine that it runs on.</source>
        <translation>网络将开放：除所在机器外，函数可以访问任何地址。</translation>
    </message>
    <message>
        <source>The network is open no more: the function may reach only what is granted.</source>
        <translation>网络不再开放：函数只能访问已授权的地址。</translation>
    </message>
</context>
<context>
    <name>NewFunctionTexts</name>
    <message>
        <source>%1 reserved are more than the maximum of %2. Raise the maximum or reserve fewer.</source>
        <translation>预留 %1 个超过最大值 %2。请提高最大值或减少预留。</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>The console of the Nest platform.</source>
        <translation>Nest 平台的控制台。</translation>
    </message>
    <message>
        <source>dark, light or system</source>
        <translation>dark、light 或 system</translation>
    </message>
    <message>
        <source>en or zh_CN</source>
        <translation>en 或 zh_CN</translation>
    </message>
    <message>
        <source>save a picture of the window once it shows data and end</source>
        <translation>窗口显示数据后保存截图并退出</translation>
    </message>
    <message>
        <source>connect there and start no platform</source>
        <translation>连接到该套接字，不启动平台</translation>
    </message>
    <message>
        <source>take pictures of each page, with a platform and load of its own, and end</source>
        <translation>用自己的平台和负载为每个页面截图，然后退出</translation>
    </message>
    <message>
        <source>say when the window was painted and its memory, and end</source>
        <translation>输出窗口首次绘制的时刻和内存用量，然后退出</translation>
    </message>
    <message>
        <source>--theme is dark, light or system, not &quot;%1&quot;.</source>
        <translation>--theme 只能是 dark、light 或 system，不能是“%1”。</translation>
    </message>
    <message>
        <source>show this function first</source>
        <translation>首先显示此函数</translation>
    </message>
    <message>
        <source>with --function: summary, code, versions, scaling …</source>
        <translation>与 --function 一起使用：summary、code、versions、scaling 等</translation>
    </message>
    <message>
        <source>then open palette, deploy, groups, or do a request, load</source>
        <translation>然后打开 palette、deploy、groups，或执行 request、load</translation>
    </message>
    <message>
        <source>show this page first: functions, functions.new, scaling, connect</source>
        <translation>首先显示此页面：functions、functions.new、scaling、connect</translation>
    </message>
    <message>
        <source>open this saved connection first</source>
        <translation>首先打开此已保存的连接</translation>
    </message>
</context>
<context>
    <name>PaletteTexts</name>
    <message>
        <source>Functions</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>%1 req/s</source>
        <translation>%1 次/秒</translation>
    </message>
    <message>
        <source>Not deployed</source>
        <translation>未部署</translation>
    </message>
    <message>
        <source>Actions on %1</source>
        <translation>%1 的操作</translation>
    </message>
    <message>
        <source>it is not deployed yet</source>
        <translation>尚未部署</translation>
    </message>
    <message>
        <source>offline: wait until the platform is back</source>
        <translation>离线：请等待平台恢复</translation>
    </message>
    <message>
        <source>Edit the code</source>
        <translation>编辑代码</translation>
    </message>
    <message>
        <source>Deploy…</source>
        <translation>部署…</translation>
    </message>
    <message>
        <source>shows the difference first</source>
        <translation>先显示差异</translation>
    </message>
    <message>
        <source>Why so many instances?</source>
        <translation>为什么有这么多实例？</translation>
    </message>
    <message>
        <source>load, instances and each decision</source>
        <translation>负载、实例和每一次决策</translation>
    </message>
    <message>
        <source>Instances and log</source>
        <translation>实例与日志</translation>
    </message>
    <message>
        <source>Versions and their differences</source>
        <translation>版本及其差异</translation>
    </message>
    <message>
        <source>Environment and limits</source>
        <translation>环境变量与限制</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>On this page</source>
        <translation>此页面</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Show among the versions</source>
        <translation>在版本列表中显示</translation>
    </message>
    <message>
        <source>Deploy v%1…</source>
        <translation>部署 v%1…</translation>
    </message>
    <message>
        <source>%1 has no version yet: build it and publish it.</source>
        <translation>%1 还没有版本：请先构建并发布。</translation>
    </message>
    <message>
        <source>Reading the versions of %1…</source>
        <translation>正在读取 %1 的版本…</translation>
    </message>
    <message>
        <source>Versions of %1</source>
        <translation>%1 的版本</translation>
    </message>
    <message numerus="yes">
        <source>in %n groups</source>
        <translation>
            <numerusform>在 %n 个分组</numerusform>
        </translation>
    </message>
    <message>
        <source>@ lists the versions of the function in view: open one first.</source>
        <translation>@ 列出当前函数的版本：请先打开一个函数。</translation>
    </message>
</context>
<context>
    <name>Plan</name>
    <message>
        <source>Reserved must be 0 or more.</source>
        <translation>预留实例数不能小于 0。</translation>
    </message>
    <message>
        <source>Reserved %1 is more than the maximum of %2.</source>
        <translation>预留实例数 %1 超过最大实例数 %2。</translation>
    </message>
    <message>
        <source>The maximum must lie between 1 and %1.</source>
        <translation>最大实例数必须在 1 到 %1 之间。</translation>
    </message>
    <message>
        <source>The maximum must be at least %1: each version with a share needs an instance.</source>
        <translation>最大实例数至少为 %1：每个有权重的版本都需要一个实例。</translation>
    </message>
    <message>
        <source>The threshold must be above 0.</source>
        <translation>单机阈值必须大于 0。</translation>
    </message>
    <message>
        <source>The utilisation must lie between 0.05 and 1.</source>
        <translation>阈值使用率必须在 0.05 到 1 之间。</translation>
    </message>
    <message>
        <source>The share must lie between 1 and 100 %.</source>
        <translation>权重必须在 1 到 100 % 之间。</translation>
    </message>
</context>
<context>
    <name>PoolCurve</name>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Claimed in 10 s</source>
        <translation>10 秒内占用</translation>
    </message>
    <message>
        <source>Found none in 10 s</source>
        <translation>10 秒内未找到空闲</translation>
    </message>
</context>
<context>
    <name>Pools</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <comment>setting, old, new</comment>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>Packages of</source>
        <translation>依赖来源</translation>
    </message>
    <message>
        <source>Preloaded</source>
        <translation>预加载</translation>
    </message>
    <message>
        <source>The environment changes.</source>
        <translation>环境变量有变化。</translation>
    </message>
    <message>
        <source>What waits in it ends and is booted anew.</source>
        <translation>其中等待的运行时会结束并重新启动。</translation>
    </message>
    <message numerus="yes">
        <source>%n runtimes of %1 with %2 MB are kept ready.</source>
        <translation>
            <numerusform>保持 %n 个 %1 运行时就绪，各 %2 MB。</numerusform>
        </translation>
    </message>
    <message>
        <source>Deployments start from it when they name it.</source>
        <translation>指定该资源池的部署会从中启动。</translation>
    </message>
    <message>
        <source>+%1 instance-hours a day</source>
        <translation>每天增加 %1 实例时</translation>
    </message>
    <message>
        <source>−%1 instance-hours a day</source>
        <translation>每天减少 %1 实例时</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>A name is of a to z, 0 to 9, dots and hyphens, at most 40 characters.</source>
        <translation>名称由 a 到 z、0 到 9、点和连字符组成，最多 40 个字符。</translation>
    </message>
    <message>
        <source>“At most” is less than “Idle”.</source>
        <translation>“最多”小于“空闲”。</translation>
    </message>
    <message>
        <source>Name the version whose packages hold these classes.</source>
        <translation>请指定包含这些类的依赖所属的版本。</translation>
    </message>
    <message>
        <source>The environment has a line without NAME=value.</source>
        <translation>环境变量中有一行不是 NAME=value。</translation>
    </message>
    <message>
        <source>The environment has %1 twice.</source>
        <translation>环境变量中 %1 出现了两次。</translation>
    </message>
    <message>
        <source>Packages are named by a function and its version: shop@3.</source>
        <translation>请用“函数@版本”指定依赖，例如 shop@3。</translation>
    </message>
    <message>
        <source>– instance-hours a day</source>
        <translation>每天 – 实例时</translation>
    </message>
</context>
<context>
    <name>PoolsModel</name>
    <message>
        <source>Cannot be filled</source>
        <translation>无法补充</translation>
    </message>
    <message>
        <source>%1 idle, wants %2</source>
        <translation>空闲 %1，需要 %2</translation>
    </message>
    <message>
        <source>Empty on purpose</source>
        <translation>有意为空</translation>
    </message>
    <message numerus="yes">
        <source>%n idle</source>
        <translation>
            <numerusform>空闲 %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemText</name>
    <message>
        <source>got</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>期望</translation>
    </message>
    <message>
        <source>got %1, expected %2</source>
        <translation>实际 %1，期望 %2</translation>
    </message>
</context>
<context>
    <name>Requests</name>
    <message>
        <source>A CloudEvent is a JSON object.</source>
        <translation>CloudEvent 是一个 JSON 对象。</translation>
    </message>
    <message>
        <source>A CloudEvent needs %1 as text.</source>
        <translation>CloudEvent 需要文本属性 %1。</translation>
    </message>
    <message>
        <source>HTTP GET</source>
        <translation>HTTP GET</translation>
    </message>
    <message>
        <source>HTTP POST, JSON</source>
        <translation>HTTP POST，JSON</translation>
    </message>
    <message>
        <source>CloudEvent</source>
        <translation>CloudEvent</translation>
    </message>
    <message>
        <source>Header line %1 is not “name: value”.</source>
        <translation>第 %1 行请求头不是“名称: 值”。</translation>
    </message>
    <message>
        <source>The header %1 is there twice.</source>
        <translation>请求头 %1 出现两次。</translation>
    </message>
    <message>
        <source>Not JSON at line %1, column %2: %3</source>
        <translation>第 %1 行第 %2 列不是 JSON：%3</translation>
    </message>
</context>
<context>
    <name>Rule</name>
    <message>
        <source>requests/s</source>
        <translation>次/秒</translation>
    </message>
    <message>
        <source>requests at once</source>
        <translation>并发请求</translation>
    </message>
    <message>
        <source>CPU %</source>
        <translation>CPU %</translation>
    </message>
    <message>
        <source>memory MB</source>
        <translation>内存 MB</translation>
    </message>
    <message>
        <source>%1 %2 → %3</source>
        <comment>name, old value, new value</comment>
        <translation>%1 %2 → %3</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>min</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>单机阈值</translation>
    </message>
    <message>
        <source>utilisation</source>
        <translation>使用率</translation>
    </message>
    <message>
        <source>stable window</source>
        <translation>稳定窗口</translation>
    </message>
    <message>
        <source>panic window</source>
        <translation>恐慌窗口</translation>
    </message>
    <message>
        <source>panic at</source>
        <translation>恐慌倍数</translation>
    </message>
    <message>
        <source>scale-down delay</source>
        <translation>缩容延迟</translation>
    </message>
    <message>
        <source>to zero after</source>
        <translation>缩容到 0 等待</translation>
    </message>
    <message>
        <source>%1, %2 × %3, %4 to %5</source>
        <comment>metric, threshold, utilisation, least and most instances</comment>
        <translation>%1，%2 × %3，%4 至 %5</translation>
    </message>
    <message>
        <source>rule revision %1</source>
        <translation>规则修订 %1</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>A date and time such as 2026-12-01 09:00, or nothing.</source>
        <translation>日期和时间，例如 2026-12-01 09:00；也可留空。</translation>
    </message>
    <message>
        <source>Two times such as 11:30 and 14:00.</source>
        <translation>两个时间，例如 11:30 和 14:00。</translation>
    </message>
    <message>
        <source>Choose at least one day.</source>
        <translation>至少选择一天。</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Not taken back: %1</source>
        <translation>未能撤销：%1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>none</source>
        <comment>no start or end</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>every day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>weekdays</source>
        <translation>周一至周五</translation>
    </message>
    <message>
        <source>weekends</source>
        <translation>周六、周日</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分钟</translation>
    </message>
    <message>
        <source>%1, %2 each</source>
        <comment>cron, length</comment>
        <translation>%1，每次 %2</translation>
    </message>
    <message>
        <source>24 h from %1, %2</source>
        <comment>time, days</comment>
        <translation>%1 起 24 小时，%2</translation>
    </message>
    <message>
        <source>%1 to %2, %3</source>
        <comment>time, time, days</comment>
        <translation>%1 至 %2，%3</translation>
    </message>
    <message numerus="yes">
        <source>%1 keeps %n instances ready: %2 (%3).</source>
        <translation>
            <numerusform>%1 保持 %n 个实例就绪：%2（%3）。</numerusform>
        </translation>
    </message>
    <message>
        <source>It is switched off.</source>
        <translation>已停用。</translation>
    </message>
    <message numerus="yes">
        <source>%1 goes: it kept %n instances ready, %2 (%3).</source>
        <translation>
            <numerusform>%1 将被移除：它曾保持 %n 个实例就绪，%2（%3）。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <comment>setting, old, new</comment>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>生效时间</translation>
    </message>
    <message>
        <source>Floor</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起始日期</translation>
    </message>
    <message>
        <source>End</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>It is switched on.</source>
        <translation>已启用。</translation>
    </message>
    <message>
        <source>+%1 instance-hours in the next 24 h</source>
        <translation>未来 24 小时增加 %1 实例时</translation>
    </message>
    <message>
        <source>−%1 instance-hours in the next 24 h</source>
        <translation>未来 24 小时减少 %1 实例时</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
</context>
<context>
    <name>SettingsTexts</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 is new in the environment, with “%2”.</source>
        <translation>环境变量新增 %1，值为“%2”。</translation>
    </message>
    <message>
        <source>%1 goes from “%2” to “%3”.</source>
        <translation>%1 从“%2”改为“%3”。</translation>
    </message>
    <message>
        <source>%1 is removed from the environment; it was “%2”.</source>
        <translation>环境变量删除 %1；原值为“%2”。</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Reserved instances go from %1 to %2.</source>
        <translation>预留实例从 %1 改为 %2。</translation>
    </message>
    <message>
        <source>The maximum goes from %1 to %2 instances.</source>
        <translation>最大实例数从 %1 改为 %2。</translation>
    </message>
    <message>
        <source>The threshold goes from %1 to %2 an instance.</source>
        <translation>单机阈值从 %1 改为 %2。</translation>
    </message>
    <message>
        <source>The target utilisation goes from %1 to %2 %.</source>
        <translation>阈值使用率从 %1 改为 %2 %。</translation>
    </message>
    <message>
        <source>One instance gets at most %2 requests at once, not %1.</source>
        <translation>一个实例最多同时处理 %2 个请求，原为 %1 个。</translation>
    </message>
    <message>
        <source>The stable window goes from %1 to %2.</source>
        <translation>稳定窗口从 %1 改为 %2。</translation>
    </message>
    <message>
        <source>The panic window goes from %1 to %2.</source>
        <translation>恐慌窗口从 %1 改为 %2。</translation>
    </message>
    <message>
        <source>The scale down delay goes from %1 to %2.</source>
        <translation>缩容延迟从 %1 改为 %2。</translation>
    </message>
    <message>
        <source>Scale to zero after goes from %1 to %2.</source>
        <translation>缩容到 0 的等待时间从 %1 改为 %2。</translation>
    </message>
    <message>
        <source>%1 reserved is more than the maximum of %2: raise the maximum or lower the reserved.</source>
        <translation>预留 %1 个超过了最大值 %2：请提高最大值或降低预留数。</translation>
    </message>
    <message>
        <source>The panic window of %1 is longer than the stable window of %2: make it shorter.</source>
        <translation>恐慌窗口 %1 长于稳定窗口 %2：请缩短它。</translation>
    </message>
    <message>
        <source>The secret %1 is handed over.</source>
        <translation>将密钥 %1 提供给函数。</translation>
    </message>
    <message>
        <source>The secret %1 is handed over as %2.</source>
        <translation>将密钥 %1 以名称 %2 提供给函数。</translation>
    </message>
    <message>
        <source>%1 is the secret %2, not %3.</source>
        <translation>%1 改为读取密钥 %2（原为 %3）。</translation>
    </message>
    <message>
        <source>The secret %1 is not handed over any more.</source>
        <translation>不再提供密钥 %1。</translation>
    </message>
    <message>
        <source>The secret %1 (read as %2) is not handed over any more.</source>
        <translation>不再提供密钥 %1（以 %2 读取）。</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>Live · %1 behind</source>
        <translation>实时 · 滞后 %1</translation>
    </message>
    <message>
        <source>Late · %1 s</source>
        <translation>延迟 · %1 秒</translation>
    </message>
    <message>
        <source>Offline %1, reconnecting in %2 s</source>
        <translation>离线 %1，%2 秒后重连</translation>
    </message>
    <message>
        <source>Offline %1, reconnecting</source>
        <translation>离线 %1，正在重连</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>A SET is a closed part of the platform with its own deployments, as for one tenant or one group of users.</source>
        <translation>SET 是平台中封闭的一部分，有自己的部署，例如供一个租户或一组用户使用。</translation>
    </message>
    <message>
        <source>A lane is for trying a change: requests of the lane go to what is deployed in it, and to main for all else.</source>
        <translation>泳道用来试验改动：泳道的请求由其中部署的版本处理，其余的由 main 处理。</translation>
    </message>
    <message>
        <source>A region is the place, such as a data centre, where functions run.</source>
        <translation>区域是函数运行的地方，例如一个数据中心。</translation>
    </message>
    <message>
        <source>Isolation keeps functions apart from each other and from the files of this computer.</source>
        <translation>隔离使函数之间互不影响，也接触不到这台计算机的文件。</translation>
    </message>
    <message>
        <source>Level 2 is missing: functions could not read files that are not theirs.</source>
        <translation>缺少级别 2：有了它，函数读不到不属于自己的文件。</translation>
    </message>
    <message>
        <source>Level 3 is missing: functions would not see other processes.</source>
        <translation>缺少级别 3：有了它，函数看不到其他进程。</translation>
    </message>
    <message>
        <source>Level 4 is missing: exact limits of memory and processor time for each function.</source>
        <translation>缺少级别 4：它为每个函数精确限制内存和处理器时间。</translation>
    </message>
</context>
<context>
    <name>Targets</name>
    <message>
        <source>Draft, build %1</source>
        <translation>草稿，构建 %1</translation>
    </message>
    <message>
        <source>not deployed in %1</source>
        <translation>在 %1 中没有部署</translation>
    </message>
    <message>
        <source>Draft, build %1 = v%2</source>
        <translation>草稿，构建 %1 = v%2</translation>
    </message>
</context>
<context>
    <name>Templates</name>
    <message>
        <source>A handler that answers nothing yet.</source>
        <translation>还不返回任何内容的处理函数。</translation>
    </message>
    <message>
        <source>Answers JSON with a greeting, the path and the query; comes with tests.</source>
        <translation>以 JSON 返回问候语、路径和查询参数；附带测试。</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空白</translation>
    </message>
    <message>
        <source>HTTP API</source>
        <translation>HTTP API</translation>
    </message>
    <message>
        <source>Renders an HTML page on the server and streams it, the frame before the data; comes with tests.</source>
        <translation>在服务器上渲染 HTML 页面并流式发送，先发框架再发数据；附带测试。</translation>
    </message>
    <message>
        <source>Takes the event of a schedule and reports on the day before it; comes with tests.</source>
        <translation>接收定时事件，并汇报前一天的情况；附带测试。</translation>
    </message>
    <message>
        <source>Takes messages of a queue as CloudEvents, each once, and lays bad ones aside; comes with tests.</source>
        <translation>以 CloudEvents 接收队列消息，每条只处理一次，坏消息另置；附带测试。</translation>
    </message>
    <message>
        <source>Sums up rows of CSV or JSON by a column; comes with tests.</source>
        <translation>按列汇总 CSV 或 JSON 的行；附带测试。</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Scheduled job</source>
        <translation>定时任务</translation>
    </message>
    <message>
        <source>Queue consumer</source>
        <translation>队列消费者</translation>
    </message>
    <message>
        <source>Data processing</source>
        <translation>数据处理</translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message numerus="yes">
        <source>%1 was not deployed to %n groups</source>
        <translation>
            <numerusform>%1 未能部署到 %n 个分组</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is deployed to %n groups</source>
        <translation>
            <numerusform>%1 已部署到 %n 个分组</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message numerus="yes">
        <source>Undone: %n groups are as before</source>
        <translation>
            <numerusform>已撤销：%n 个分组恢复原状</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups could not be put back</source>
        <translation>
            <numerusform>%n 个分组未能恢复</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>Why %1, not %2</source>
        <translation>为什么是 %1，而不是 %2</translation>
    </message>
    <message>
        <source>Why %1</source>
        <translation>为什么是 %1</translation>
    </message>
    <message>
        <source>load, %1 s panic window</source>
        <translation>负载，%1 秒恐慌窗口</translation>
    </message>
    <message>
        <source>load, %1 s stable window</source>
        <translation>负载，%1 秒稳定窗口</translation>
    </message>
    <message>
        <source>threshold × utilisation</source>
        <translation>单机阈值 × 使用率</translation>
    </message>
    <message>
        <source>cut: %1</source>
        <translation>截断：%1</translation>
    </message>
    <message>
        <source>held: %1</source>
        <translation>保持：%1</translation>
    </message>
    <message>
        <source>min %1</source>
        <translation>最小 %1</translation>
    </message>
    <message>
        <source>max %1</source>
        <translation>最大 %1</translation>
    </message>
    <message>
        <source>ready %1</source>
        <translation>就绪 %1</translation>
    </message>
    <message>
        <source>wish %1</source>
        <translation>需求 %1</translation>
    </message>
    <message>
        <source>added %1</source>
        <translation>增加 %1</translation>
    </message>
    <message>
        <source>within min and max, not cut</source>
        <translation>在最小与最大之间，未截断</translation>
    </message>
    <message>
        <source>load, %1 s of a window of %2 s</source>
        <translation>负载，%2 秒窗口中的 %1 秒</translation>
    </message>
    <message>
        <source>panic mode ≥ %1 = %2 × ready</source>
        <translation>恐慌模式 ≥ %1 = %2 × 就绪</translation>
    </message>
</context>
<context>
    <name>Windows</name>
    <message>
        <source>A window of the size schedule has no name.</source>
        <translation>容量计划中有一个时段没有名称。</translation>
    </message>
    <message>
        <source>Mend the window %1 of the size schedule.</source>
        <translation>请修正容量计划中的时段 %1。</translation>
    </message>
    <message>
        <source>Two windows of the size schedule are named %1.</source>
        <translation>容量计划中有两个时段都名为 %1。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>when, zone</comment>
        <translation>%1（%2）</translation>
    </message>
    <message numerus="yes">
        <source>%1 keeps %n runtimes ready: %2.</source>
        <translation>
            <numerusform>%1 保持 %n 个运行时就绪：%2。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is switched off.</source>
        <translation>%1 已停用。</translation>
    </message>
    <message>
        <source>Window %1: %2</source>
        <comment>name, what changes</comment>
        <translation>时段 %1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%1 goes: it kept %n runtimes ready, %2.</source>
        <translation>
            <numerusform>%1 将被移除：它曾保持 %n 个运行时就绪，%2。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Isolation %1 of %2</source>
        <translation>隔离级别 %1 / %2</translation>
    </message>
    <message>
        <source>Functions do not start</source>
        <translation>函数无法启动</translation>
    </message>
    <message>
        <source>No platform answers</source>
        <translation>没有平台应答</translation>
    </message>
    <message>
        <source>Nothing came from %1.</source>
        <translation>%1 没有任何应答。</translation>
    </message>
    <message>
        <source>Check that nestd runs and listens at %1</source>
        <translation>检查 nestd 是否正在运行并监听 %1</translation>
    </message>
    <message>
        <source>Retry; the console also tries again by itself</source>
        <translation>重试；控制台也会自动重试</translation>
    </message>
    <message>
        <source>The local platform does not start</source>
        <translation>本地平台无法启动</translation>
    </message>
    <message>
        <source>Install nestd in the folder of nest-console</source>
        <translation>将 nestd 安装到 nest-console 所在的文件夹</translation>
    </message>
    <message>
        <source>Read the log in %1</source>
        <translation>查看日志 %1</translation>
    </message>
    <message>
        <source>Run nestd in a terminal to see what it says</source>
        <translation>在终端中运行 nestd 查看输出</translation>
    </message>
    <message>
        <source>Make the folder that is named above usable for this user</source>
        <translation>使上述文件夹可供当前用户使用</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The platform does not take the token of %1</source>
        <translation>平台不接受 %1 的令牌</translation>
    </message>
    <message>
        <source>It answers at %1, and lets nobody in with this token.</source>
        <translation>平台在 %1 有应答，但不接受此令牌。</translation>
    </message>
    <message>
        <source>Ask whoever runs the platform for a token</source>
        <translation>向平台的维护者索取令牌</translation>
    </message>
    <message>
        <source>Press Connections, then Edit, and type it</source>
        <translation>点击“连接…”，再点“编辑”，然后输入</translation>
    </message>
</context>
<context>
    <name>nest::chart::ChartStack</name>
    <message>
        <source>Charts of load and instances</source>
        <translation>负载与实例图表</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::chart::FloorChart</name>
    <message>
        <source>%1 to %2: %3, %4</source>
        <comment>from, to, floor, rule</comment>
        <translation>%1 至 %2：%3，%4</translation>
    </message>
</context>
<context>
    <name>nest::console::AnswerBox</name>
    <message>
        <source>a body that is no text</source>
        <translation>非文本内容</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Put load on it</source>
        <translation>加压</translation>
    </message>
    <message>
        <source>Send a request</source>
        <translation>发送请求</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>It does not answer yet</source>
        <translation>函数还没有应答</translation>
    </message>
    <message>
        <source>Your function is being made</source>
        <translation>正在创建函数</translation>
    </message>
    <message>
        <source>Your function answers at</source>
        <translation>函数的应答地址</translation>
    </message>
    <message>
        <source>created and running in %1</source>
        <translation>创建并运行用时 %1</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>Cold start</source>
        <translation>冷启动</translation>
    </message>
    <message>
        <source>Warm</source>
        <translation>热启动</translation>
    </message>
    <message>
        <source>Answered by %1: the function is not deployed in %2.</source>
        <translation>由 %1 应答：函数未部署在 %2。</translation>
    </message>
    <message>
        <source>Deploy…</source>
        <translation>部署…</translation>
    </message>
    <message>
        <source>Waiting for the answer…</source>
        <translation>正在等待应答…</translation>
    </message>
    <message>
        <source>Stop the load</source>
        <translation>停止加压</translation>
    </message>
</context>
<context>
    <name>nest::console::AnswerPhases</name>
    <message>
        <source>where the %1 went</source>
        <translation>%1 的构成</translation>
    </message>
    <message>
        <source>Your last request</source>
        <translation>你的上一次请求</translation>
    </message>
</context>
<context>
    <name>nest::console::AnswerTabs</name>
    <message>
        <source>Body of the answer</source>
        <translation>响应正文</translation>
    </message>
    <message>
        <source>Log of the request</source>
        <translation>本次请求的日志</translation>
    </message>
    <message>
        <source>Headers of the answer</source>
        <translation>响应头</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>响应</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>响应头</translation>
    </message>
    <message>
        <source>Copy this text</source>
        <translation>复制这段文本</translation>
    </message>
    <message>
        <source>The body is empty</source>
        <translation>正文为空</translation>
    </message>
    <message>
        <source>This request wrote no log line</source>
        <translation>本次请求没有写日志</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier lines are on the page Logs</source>
        <translation>
            <numerusform>更早的 %n 行见日志页</numerusform>
        </translation>
    </message>
    <message>
        <source>The answer has no header</source>
        <translation>响应没有头</translation>
    </message>
</context>
<context>
    <name>nest::console::AnswerView</name>
    <message>
        <source>Nothing sent yet</source>
        <translation>还没有发送</translation>
    </message>
    <message>
        <source>Choose an event, then Invoke (F5). The answer appears here.</source>
        <translation>选择测试事件，然后调用（F5）。响应显示在这里。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>调用链</translation>
    </message>
    <message>
        <source>Sent to %1, waiting for the answer</source>
        <translation>已发往 %1，正在等待响应</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Cold start</source>
        <translation>冷启动</translation>
    </message>
    <message>
        <source>Warm</source>
        <translation>热启动</translation>
    </message>
    <message>
        <source>draft, build %1</source>
        <translation>草稿，构建 %1</translation>
    </message>
    <message>
        <source>none, outside any deployment</source>
        <translation>无，不属于任何部署</translation>
    </message>
    <message>
        <source>Answered by %1: %2.</source>
        <translation>由 %1 响应：%2。</translation>
    </message>
    <message>
        <source>%1 of %2 MB</source>
        <translation>%1 / %2 MB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>Copy the trace id</source>
        <translation>复制跟踪 ID</translation>
    </message>
    <message>
        <source>draft, build %1 = v%2</source>
        <translation>草稿，构建 %1 = v%2</translation>
    </message>
</context>
<context>
    <name>nest::console::BuildPanel</name>
    <message>
        <source>%1 of %2 tests passed</source>
        <translation>%2 个测试通过 %1 个</translation>
    </message>
    <message>
        <source>, %1 skipped</source>
        <translation>，跳过 %1 个</translation>
    </message>
    <message>
        <source>Build %1 waits</source>
        <translation>构建 %1 等待中</translation>
    </message>
    <message>
        <source>Build %1 is running</source>
        <translation>构建 %1 进行中</translation>
    </message>
    <message>
        <source>Build %1 passed</source>
        <translation>构建 %1 通过</translation>
    </message>
    <message>
        <source>Build %1 passed in %2 s</source>
        <translation>构建 %1 通过，用时 %2 秒</translation>
    </message>
    <message>
        <source>Build %1 failed</source>
        <translation>构建 %1 失败</translation>
    </message>
    <message>
        <source>Build %1 failed after %2 s</source>
        <translation>构建 %1 在 %2 秒后失败</translation>
    </message>
    <message>
        <source>Build %1 was cancelled</source>
        <translation>构建 %1 已取消</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Build log</source>
        <translation>构建日志</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Nothing was built yet. Ctrl+B saves and builds.</source>
        <translation>尚未构建。Ctrl+B 保存并构建。</translation>
    </message>
    <message>
        <source>Problems of the build</source>
        <translation>构建的问题</translation>
    </message>
    <message>
        <source>Error: %1</source>
        <translation>错误：%1</translation>
    </message>
    <message>
        <source>Warning: %1</source>
        <translation>警告：%1</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>The build begins</source>
        <translation>构建开始</translation>
    </message>
</context>
<context>
    <name>nest::console::CapacityLine</name>
    <message>
        <source>Memory promised: –</source>
        <translation>已预占内存：–</translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 MB promised, %n instances</source>
        <translation>
            <numerusform>%1：已预占 %2 MB，%n 个实例</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n versions wish for more than fit</source>
        <translation>
            <numerusform>%n 个版本所需实例超出可容纳数量</numerusform>
        </translation>
    </message>
    <message>
        <source>Memory promised: %1 of %2 MB</source>
        <translation>已预占内存：%1 / %2 MB</translation>
    </message>
    <message>
        <source>Was: %1</source>
        <comment>state before the connection broke</comment>
        <translation>此前：%1</translation>
    </message>
    <message>
        <source>No instances.</source>
        <translation>没有实例。</translation>
    </message>
</context>
<context>
    <name>nest::console::ChartsPanel</name>
    <message>
        <source>Load and instances</source>
        <translation>负载与实例</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>返回 %1</translation>
    </message>
    <message>
        <source>The metrics could not be read</source>
        <translation>无法读取指标</translation>
    </message>
    <message>
        <source>Scaling goes on: it does not need this page.</source>
        <translation>弹性伸缩照常运行，不依赖此页面。</translation>
    </message>
    <message>
        <source>Retry; the console also tries again by itself</source>
        <translation>重试；控制台也会自动重试</translation>
    </message>
</context>
<context>
    <name>nest::console::CodeActions</name>
    <message>
        <source>No function is shown.</source>
        <translation>没有显示函数。</translation>
    </message>
    <message>
        <source>Offline: the platform does not answer.</source>
        <translation>离线：平台没有响应。</translation>
    </message>
    <message>
        <source>A build is running.</source>
        <translation>有构建正在进行。</translation>
    </message>
    <message>
        <source>Build first: there is text that is not saved.</source>
        <translation>请先构建：有未保存的内容。</translation>
    </message>
    <message>
        <source>Build first: no build has passed yet.</source>
        <translation>请先构建：还没有通过的构建。</translation>
    </message>
    <message>
        <source>Build %1 did not pass. Mend what it found and build again.</source>
        <translation>构建 %1 未通过。修正发现的问题后再次构建。</translation>
    </message>
    <message>
        <source>The files changed after build %1. Build again.</source>
        <translation>构建 %1 之后文件有改动。请再次构建。</translation>
    </message>
    <message>
        <source>Offline: the text is kept on this computer.</source>
        <translation>离线：内容保留在本机。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save every changed file</source>
        <translation>保存所有改动的文件</translation>
    </message>
    <message>
        <source>Everything is saved.</source>
        <translation>全部已保存。</translation>
    </message>
    <message>
        <source>First choose whose text stays, above the editor.</source>
        <translation>请先在编辑器上方选择保留谁的内容。</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Save, then check, test and pack the files</source>
        <translation>先保存，再检查、测试并打包文件</translation>
    </message>
    <message>
        <source>Offline: the platform builds, and it does not answer.</source>
        <translation>离线：构建由平台完成，而平台没有响应。</translation>
    </message>
    <message>
        <source>The draft has no files.</source>
        <translation>草稿没有文件。</translation>
    </message>
    <message>
        <source>Publish v%1…</source>
        <translation>发布 v%1…</translation>
    </message>
    <message>
        <source>Publish version…</source>
        <translation>发布版本…</translation>
    </message>
    <message>
        <source>Make a version of the newest build</source>
        <translation>用最新的构建生成版本</translation>
    </message>
    <message>
        <source>Deploy…</source>
        <translation>部署…</translation>
    </message>
    <message>
        <source>Bring the newest build to a group</source>
        <translation>把最新的构建部署到分组</translation>
    </message>
    <message>
        <source>v%1 is this build already. Change something and build again, or deploy v%1.</source>
        <translation>v%1 就是这次构建。修改后重新构建，或部署 v%1。</translation>
    </message>
</context>
<context>
    <name>nest::console::CodeChanges</name>
    <message>
        <source>binary</source>
        <translation>二进制</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>Changed files</source>
        <translation>变更的文件</translation>
    </message>
    <message>
        <source>Reading the files of both versions…</source>
        <translation>正在读取两个版本的文件…</translation>
    </message>
    <message>
        <source>The code is the same.</source>
        <translation>代码相同。</translation>
    </message>
    <message numerus="yes">
        <source>%n lines added, %1 removed</source>
        <translation>
            <numerusform>新增 %n 行，删除 %1 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more files differ and were not read.</source>
        <translation>
            <numerusform>另有 %n 个文件不同，未读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>The code could not be compared</source>
        <translation>无法比较代码</translation>
    </message>
    <message>
        <source>Retry; everything else on this page keeps working</source>
        <translation>重试；本页其他部分仍可使用</translation>
    </message>
</context>
<context>
    <name>nest::console::CodeSettings</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>时间限制</translation>
    </message>
    <message>
        <source>Default environment</source>
        <translation>默认环境变量</translation>
    </message>
    <message>
        <source>Change in function.yaml</source>
        <translation>在 function.yaml 中修改</translation>
    </message>
    <message>
        <source>The versions could not be read: %1</source>
        <translation>无法读取版本：%1</translation>
    </message>
    <message>
        <source>v%1, the newest version</source>
        <translation>v%1，最新版本</translation>
    </message>
    <message>
        <source>No version yet</source>
        <translation>还没有版本</translation>
    </message>
    <message>
        <source>Newest version</source>
        <translation>最新版本</translation>
    </message>
    <message>
        <source>open, but not to this machine</source>
        <translation>开放，但不含本机</translation>
    </message>
    <message>
        <source>Default network</source>
        <translation>默认网络</translation>
    </message>
</context>
<context>
    <name>nest::console::CodeTab</name>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Reading the files…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>The draft has no files</source>
        <translation>草稿没有文件</translation>
    </message>
    <message>
        <source>A function needs a manifest, function.yaml, and the code that it names as its handler.</source>
        <translation>函数需要清单 function.yaml，以及清单中指定为入口的代码。</translation>
    </message>
    <message>
        <source>%1 was deleted</source>
        <translation>%1 已删除</translation>
    </message>
    <message>
        <source>What was not saved is kept in %1.</source>
        <translation>未保存的内容保留在 %1。</translation>
    </message>
    <message>
        <source>The files could not be read</source>
        <translation>无法读取文件</translation>
    </message>
    <message>
        <source>The platform does not answer.</source>
        <translation>平台没有响应。</translation>
    </message>
    <message>
        <source>Retry; the console also tries again by itself</source>
        <translation>重试；控制台也会自动重试</translation>
    </message>
    <message>
        <source>Building %1</source>
        <translation>正在构建 %1</translation>
    </message>
    <message>
        <source>Not built: not every file could be saved.</source>
        <translation>未构建：有文件无法保存。</translation>
    </message>
    <message>
        <source>Build %1 was not published. %2</source>
        <translation>构建 %1 未发布。%2</translation>
    </message>
    <message>
        <source>Build %1 is v%2 now.</source>
        <translation>构建 %1 现为 v%2。</translation>
    </message>
    <message>
        <source>No group runs it until it is deployed.</source>
        <translation>部署之前没有分组运行它。</translation>
    </message>
    <message>
        <source>Deploy…</source>
        <translation>部署…</translation>
    </message>
    <message>
        <source>%1 was deleted.</source>
        <translation>%1 已删除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Cancel build</source>
        <translation>取消构建</translation>
    </message>
    <message>
        <source>Add function.yaml and a handler</source>
        <translation>添加 function.yaml 和处理函数</translation>
    </message>
    <message>
        <source>Publish build %1 of %2</source>
        <translation>发布 %2 的构建 %1</translation>
    </message>
    <message>
        <source>It becomes a version that cannot be changed. No group runs it until it is deployed.</source>
        <translation>它将成为不可修改的版本。部署之前没有分组会运行它。</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Another build of it is running. Wait for it or cancel it, then build again.</source>
        <translation>该函数已有一个构建正在进行。请等待它结束或将其取消，再重新构建。</translation>
    </message>
</context>
<context>
    <name>nest::console::ConfigChanges</name>
    <message>
        <source>No change.</source>
        <translation>没有变更。</translation>
    </message>
</context>
<context>
    <name>nest::console::ConnectPage</name>
    <message>
        <source>No connection yet. Add one below, or open the local platform.</source>
        <translation>还没有连接。在下方添加一个，或打开本地平台。</translation>
    </message>
    <message>
        <source>Connect · Nest Console</source>
        <translation>连接 · Nest Console</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>返回 %1</translation>
    </message>
    <message>
        <source>The token is kept until the console ends</source>
        <translation>令牌仅保留到控制台退出</translation>
    </message>
    <message>
        <source>%1 is removed</source>
        <translation>已移除 %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>No keyring runs here, such as GNOME Keyring or KWallet (%1).</source>
        <translation>这里没有运行密钥环（如 GNOME Keyring 或 KWallet）（%1）。</translation>
    </message>
</context>
<context>
    <name>nest::console::ConnectionForm</name>
    <message>
        <source>Changes are made without a question.</source>
        <translation>修改时不作询问。</translation>
    </message>
    <message>
        <source>Each change asks for a reason.</source>
        <translation>每次变更都要求填写理由。</translation>
    </message>
    <message>
        <source>Each change asks for a reason and for the name of what is changed.</source>
        <translation>每次变更都要求填写理由以及被修改对象的名称。</translation>
    </message>
    <message>
        <source>Add a connection</source>
        <translation>添加连接</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Read-only until unlocked, 15 min at a time</source>
        <translation>解锁前只读，每次解锁 15 分钟</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Platform address</source>
        <translation>平台地址</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>访问令牌</translation>
    </message>
    <message>
        <source>Show the token</source>
        <translation>显示令牌</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>预发</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>保护</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>A socket needs none</source>
        <translation>套接字不需要令牌</translation>
    </message>
    <message>
        <source>the token that is kept; type to replace it</source>
        <translation>已保存的令牌；输入即可替换</translation>
    </message>
    <message>
        <source>given to you by whoever runs the platform</source>
        <translation>由平台的维护者提供</translation>
    </message>
    <message>
        <source>Save and connect</source>
        <translation>保存并连接</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Tokens are kept in the system keyring.</source>
        <translation>令牌保存在系统密钥环中。</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>no address</source>
        <translation>不是地址</translation>
    </message>
    <message>
        <source>looking…</source>
        <translation>检查中…</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>无法访问</translation>
    </message>
    <message>
        <source>reachable, %1</source>
        <translation>可访问，%1</translation>
    </message>
    <message>
        <source>It asks for a token.</source>
        <translation>它要求令牌。</translation>
    </message>
    <message>
        <source>token refused</source>
        <translation>令牌被拒绝</translation>
    </message>
    <message>
        <source>The platform answers, and does not take this token.</source>
        <translation>平台有应答，但不接受此令牌。</translation>
    </message>
    <message>
        <source>Nest %1, region %2, signed in as %3.</source>
        <translation>Nest %1，区域 %2，以 %3 登录。</translation>
    </message>
    <message>
        <source>Not encrypted: whoever is on the way can read the token. Use https:// when the platform has it.</source>
        <translation>未加密：途中的任何人都能读到令牌。平台支持时请使用 https://。</translation>
    </message>
    <message>
        <source>Certificate valid until %1, from %2</source>
        <translation>证书有效期至 %1，由 %2 签发</translation>
    </message>
    <message>
        <source>The platform says that it is %1, so it is guarded as that. %2</source>
        <translation>平台声明自己是 %1，因此按此保护。%2</translation>
    </message>
    <message>
        <source>Production is always read-only until unlocked. %1</source>
        <translation>生产环境在解锁前始终只读。%1</translation>
    </message>
    <message>
        <source>Type the access token.</source>
        <translation>请输入访问令牌。</translation>
    </message>
    <message>
        <source>The platform does not take this token.</source>
        <translation>平台不接受此令牌。</translation>
    </message>
    <message>
        <source>No keyring runs here: tokens are kept until the console ends.</source>
        <translation>这里没有运行密钥环：令牌仅保留到控制台退出。</translation>
    </message>
    <message>
        <source>not the API</source>
        <translation>不是 API</translation>
    </message>
    <message>
        <source>This is the gateway of a platform, where functions are called. Its API has an address of its own (nestd --api-port).</source>
        <translation>这是平台的网关，用于调用函数。平台的 API 另有地址（nestd --api-port）。</translation>
    </message>
    <message>
        <source>no platform</source>
        <translation>不是平台</translation>
    </message>
    <message>
        <source>Something answers there, and it is not a Nest platform.</source>
        <translation>该地址有应答，但不是 Nest 平台。</translation>
    </message>
    <message>
        <source>Type the address of the platform&apos;s API.</source>
        <translation>请输入平台 API 的地址。</translation>
    </message>
    <message>
        <source>Nobody answers there now. Save it, and connect when the platform runs.</source>
        <translation>目前该地址无应答。先保存，平台运行后再连接。</translation>
    </message>
</context>
<context>
    <name>nest::console::ConnectionRow</name>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Connection %1, %2</source>
        <translation>连接 %1，%2</translation>
    </message>
    <message>
        <source>Connect to %1</source>
        <translation>连接到 %1</translation>
    </message>
    <message>
        <source>More for %1</source>
        <translation>%1 的更多操作</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>nest::console::ConsolePages</name>
    <message>
        <source>Lock now</source>
        <translation>立即锁定</translation>
    </message>
    <message>
        <source>It is locked already.</source>
        <translation>已经锁定。</translation>
    </message>
    <message>
        <source>This connection has no lock.</source>
        <translation>此连接没有锁定。</translation>
    </message>
    <message>
        <source>No load is put on %1</source>
        <translation>没有对 %1 加压</translation>
    </message>
    <message>
        <source>New function</source>
        <translation>新建函数</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>搜索或执行命令</translation>
    </message>
    <message>
        <source>Keys of this page</source>
        <translation>此页面的快捷键</translation>
    </message>
    <message>
        <source>New SET…</source>
        <translation>新建 SET…</translation>
    </message>
    <message>
        <source>New lane…</source>
        <translation>新建泳道…</translation>
    </message>
    <message>
        <source>New region…</source>
        <translation>新建区域…</translation>
    </message>
    <message>
        <source>Load runs on %1</source>
        <translation>正在对 %1 加压</translation>
    </message>
    <message>
        <source>Stop the load</source>
        <translation>停止加压</translation>
    </message>
    <message>
        <source>Tab %1</source>
        <translation>标签页：%1</translation>
    </message>
    <message>
        <source>? keys</source>
        <translation>? 快捷键</translation>
    </message>
    <message>
        <source>Ctrl+K finds everything</source>
        <translation>Ctrl+K 查找一切</translation>
    </message>
    <message>
        <source>Last messages</source>
        <translation>最近的消息</translation>
    </message>
    <message>
        <source>Close the newest message</source>
        <translation>关闭最新的消息</translation>
    </message>
    <message>
        <source>%1 req/s to %2</source>
        <translation>%1 次/秒，发往 %2</translation>
    </message>
    <message>
        <source>%1 is there</source>
        <translation>%1 已建好</translation>
    </message>
    <message>
        <source>Deploy to it…</source>
        <translation>部署到这里…</translation>
    </message>
    <message>
        <source>Create %1</source>
        <translation>创建 %1</translation>
    </message>
    <message>
        <source>It is built, becomes v1 and runs in %1.</source>
        <translation>它会被构建，成为 v1，并在 %1 中运行。</translation>
    </message>
    <message>
        <source>Create and run</source>
        <translation>创建并运行</translation>
    </message>
</context>
<context>
    <name>nest::console::ConsoleWindow</name>
    <message>
        <source>Nest Console</source>
        <translation>Nest Console</translation>
    </message>
    <message>
        <source>Connect to another platform…</source>
        <translation>连接到其他平台…</translation>
    </message>
    <message>
        <source>Edit this connection…</source>
        <translation>编辑此连接…</translation>
    </message>
    <message>
        <source>Close this connection</source>
        <translation>关闭此连接</translation>
    </message>
    <message>
        <source>local</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>Switch to %1</source>
        <translation>切换到 %1</translation>
    </message>
    <message>
        <source>token needed</source>
        <translation>需要令牌</translation>
    </message>
    <message>
        <source>asking the keyring</source>
        <translation>正在询问密钥环</translation>
    </message>
    <message>
        <source>read-only until unlocked</source>
        <translation>解锁前只读</translation>
    </message>
    <message>
        <source>not opened yet</source>
        <translation>尚未打开</translation>
    </message>
    <message>
        <source>last seen %1 ago</source>
        <translation>%1前见到</translation>
    </message>
    <message>
        <source>open</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>no answer yet</source>
        <translation>尚无应答</translation>
    </message>
</context>
<context>
    <name>nest::console::DecisionsPanel</name>
    <message>
        <source>Decisions</source>
        <translation>伸缩决策</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>扩容</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>缩容</translation>
    </message>
    <message>
        <source>Limited</source>
        <translation>受限</translation>
    </message>
    <message>
        <source>The decisions could not be read</source>
        <translation>无法读取伸缩决策</translation>
    </message>
    <message>
        <source>No decision yet</source>
        <translation>还没有伸缩决策</translation>
    </message>
    <message>
        <source>The first request makes one: it is listed here with all its numbers.</source>
        <translation>首个请求会产生一条决策，并连同全部数字列在这里。</translation>
    </message>
    <message>
        <source>None went up</source>
        <translation>没有扩容决策</translation>
    </message>
    <message>
        <source>None went down</source>
        <translation>没有缩容决策</translation>
    </message>
    <message>
        <source>No limit took anything away</source>
        <translation>没有决策受限</translation>
    </message>
    <message numerus="yes">
        <source>%n decisions are hidden by the filter.</source>
        <translation>
            <numerusform>%n 条决策被筛选条件隐藏。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in the last %2</source>
        <translation>最近 %2内 %1 条</translation>
    </message>
    <message>
        <source>%1 in this range</source>
        <translation>此范围内 %1 条</translation>
    </message>
    <message>
        <source>%1 · the list goes further back</source>
        <comment>number of decisions in a range</comment>
        <translation>%1 · 列表还包含更早的记录</translation>
    </message>
</context>
<context>
    <name>nest::console::DeleteBox</name>
    <message>
        <source>Delete function</source>
        <translation>删除函数</translation>
    </message>
    <message>
        <source>It is not deployed.</source>
        <translation>它没有部署。</translation>
    </message>
    <message>
        <source>Its deployments go first, and its instances finish what they do: %1.</source>
        <translation>先删除它的部署，其实例会完成正在处理的请求：%1。</translation>
    </message>
    <message>
        <source>Type %1 to delete it</source>
        <translation>输入 %1 以删除</translation>
    </message>
    <message>
        <source>It is being deleted.</source>
        <translation>正在删除。</translation>
    </message>
    <message>
        <source>There is no such function any more.</source>
        <translation>该函数已不存在。</translation>
    </message>
    <message>
        <source>Type its name first.</source>
        <translation>请先输入它的名称。</translation>
    </message>
    <message>
        <source>Somebody changed a deployment meanwhile. Look at it, then delete again.</source>
        <translation>其他用户在此期间修改了部署。请查看后再次删除。</translation>
    </message>
    <message>
        <source>It was not deleted: %1</source>
        <translation>未能删除：%1</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>With it go its draft, builds, versions, secrets, test events and logs. This cannot be taken back.</source>
        <translation>其草稿、构建、版本、密钥、测试事件和日志将一并删除，无法恢复。</translation>
    </message>
</context>
<context>
    <name>nest::console::DeployDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Deploy %1</source>
        <translation>部署 %1</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产环境</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>预发环境</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Reason, kept with the change (required)</source>
        <translation>原因，随变更保存（必填）</translation>
    </message>
    <message>
        <source>Reason, kept with the change</source>
        <translation>原因，随变更保存</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>%1 of %2 selected</source>
        <translation>已选 %1 / %2</translation>
    </message>
    <message>
        <source>%1 of %2 selected, %3 of %4 instances change</source>
        <translation>已选 %1 / %2，%4 个实例中 %3 个会变更</translation>
    </message>
    <message>
        <source>Select none</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>Select all that can change</source>
        <translation>选择所有可变更的</translation>
    </message>
    <message>
        <source>Deploy v%1</source>
        <translation>部署 v%1</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>Offline: nothing can be deployed.</source>
        <translation>离线：无法部署。</translation>
    </message>
    <message>
        <source>Choose at least one group.</source>
        <translation>请至少选择一个分组。</translation>
    </message>
    <message>
        <source>A field holds no number.</source>
        <translation>有一个字段不是数字。</translation>
    </message>
    <message>
        <source>Give a reason.</source>
        <translation>请填写原因。</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>What is shown is old. Everything you entered stays.</source>
        <translation>显示的内容已过期。已输入的内容都会保留。</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>New group…</source>
        <translation>新建分组…</translation>
    </message>
    <message>
        <source>Make a SET, a lane or a region, and deploy to it</source>
        <translation>新建 SET、泳道或区域，并部署到那里</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Taking back</source>
        <translation>正在撤回</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Not everywhere</source>
        <translation>部分未完成</translation>
    </message>
</context>
<context>
    <name>nest::console::DeployProgress</name>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Replace with %1</source>
        <translation>替换为 %1</translation>
    </message>
</context>
<context>
    <name>nest::console::DeploySide</name>
    <message>
        <source>Unlock for 15 min</source>
        <translation>解锁 15 分钟</translation>
    </message>
    <message>
        <source>Production is read-only</source>
        <translation>生产环境只读</translation>
    </message>
    <message>
        <source>Production change</source>
        <translation>生产环境变更</translation>
    </message>
    <message>
        <source>Say why you unlock it. It locks itself again.</source>
        <translation>请说明解锁的原因。到时会自动锁定。</translation>
    </message>
    <message>
        <source>Type the function name to confirm.</source>
        <translation>请输入函数名以确认。</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Code diff</source>
        <translation>代码差异</translation>
    </message>
    <message>
        <source>Config diff</source>
        <translation>配置差异</translation>
    </message>
    <message>
        <source>There is no other version to compare with.</source>
        <translation>没有其他版本可以比较。</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>将会发生什么</translation>
    </message>
    <message>
        <source>Version v%1 → v%2</source>
        <translation>版本 v%1 → v%2</translation>
    </message>
    <message>
        <source>Choose a version and at least one group.</source>
        <translation>请选择版本和至少一个分组。</translation>
    </message>
    <message>
        <source>Production is read-only: unlock it first.</source>
        <translation>生产环境只读：请先解锁。</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>已发生的变化</translation>
    </message>
    <message>
        <source>What happens now</source>
        <translation>正在进行</translation>
    </message>
</context>
<context>
    <name>nest::console::DeploymentForm</name>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部还原</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>The function is not deployed in this group.</source>
        <translation>函数未部署在此分组中。</translation>
    </message>
    <message>
        <source>Deploy…</source>
        <translation>部署…</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Undo of the change before.</source>
        <translation>撤销上一次变更。</translation>
    </message>
    <message>
        <source>Reserved instances</source>
        <translation>预留实例</translation>
    </message>
    <message>
        <source>Always ready, also without a request.</source>
        <translation>始终就绪，没有请求时也一样。</translation>
    </message>
    <message>
        <source>Maximum instances</source>
        <translation>最大实例数</translation>
    </message>
    <message>
        <source>Never more, whatever the load; requests wait then.</source>
        <translation>无论负载多大都不会超过；超出的请求会等待。</translation>
    </message>
    <message>
        <source>Concurrency limit</source>
        <translation>并发上限</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>个请求</translation>
    </message>
    <message>
        <source>How many requests one instance gets at the same time.</source>
        <translation>一个实例同时处理的请求数。</translation>
    </message>
    <message>
        <source>Scale down delay</source>
        <translation>缩容延迟</translation>
    </message>
    <message>
        <source>How long fewer instances must do before one is ended.</source>
        <translation>较少的实例足够多久之后才结束一个实例。</translation>
    </message>
    <message>
        <source>Scale to zero after</source>
        <translation>缩容到 0 的等待时间</translation>
    </message>
    <message>
        <source>Without a request for so long the last instance ends too.</source>
        <translation>这么久没有请求后，最后一个实例也会结束。</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>单机阈值</translation>
    </message>
    <message>
        <source>an instance</source>
        <translation>每个实例</translation>
    </message>
    <message>
        <source>The load that one instance can take, in the measure above.</source>
        <translation>一个实例能承受的负载，按上面的指标计。</translation>
    </message>
    <message>
        <source>Target utilisation</source>
        <translation>阈值使用率</translation>
    </message>
    <message>
        <source>How much of the threshold is planned for; the rest covers starts.</source>
        <translation>按阈值的多少来规划；其余部分留给启动过程。</translation>
    </message>
    <message>
        <source>Stable window</source>
        <translation>稳定窗口</translation>
    </message>
    <message>
        <source>The load is averaged over this time.</source>
        <translation>负载在这段时间内取平均。</translation>
    </message>
    <message>
        <source>Panic window</source>
        <translation>恐慌窗口</translation>
    </message>
    <message>
        <source>A sudden rise is looked for in this shorter time.</source>
        <translation>在这段较短的时间内检测突增。</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>采用对方的变更</translation>
    </message>
    <message>
        <source>Put mine on top</source>
        <translation>在其上叠加我的变更</translation>
    </message>
    <message>
        <source>Scales by %1</source>
        <translation>按%1伸缩</translation>
    </message>
    <message>
        <source>requests per second</source>
        <translation>每秒请求数</translation>
    </message>
    <message>
        <source>concurrency</source>
        <translation>并发</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>其他用户</translation>
    </message>
    <message>
        <source>%1 changed this deployment meanwhile. What you typed is still here.</source>
        <translation>%1 在此期间修改了这个部署。您输入的内容仍然保留。</translation>
    </message>
    <message>
        <source>Their reason: %1</source>
        <translation>对方的原因：%1</translation>
    </message>
    <message>
        <source>Nothing is changed.</source>
        <translation>没有变更。</translation>
    </message>
    <message>
        <source>The change is on its way.</source>
        <translation>变更正在提交。</translation>
    </message>
    <message>
        <source>Choose between their change and yours first.</source>
        <translation>请先在对方的变更和您的变更之间选择。</translation>
    </message>
    <message>
        <source>Mend the marked rows of the environment first.</source>
        <translation>请先修正环境变量中标出的行。</translation>
    </message>
    <message>
        <source>Say why: the reason is kept with the change.</source>
        <translation>请说明原因：原因会与变更一起保存。</translation>
    </message>
    <message>
        <source>the platform has it</source>
        <translation>平台已保存</translation>
    </message>
    <message>
        <source>Taken back, %1.</source>
        <translation>已撤销，%1。</translation>
    </message>
    <message>
        <source>Applied, %1.</source>
        <translation>已应用，%1。</translation>
    </message>
    <message>
        <source>It was not applied: %1</source>
        <translation>未能应用：%1</translation>
    </message>
    <message>
        <source>Reason (required)</source>
        <translation>原因（必填）</translation>
    </message>
    <message>
        <source>instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Change %1 in %2</source>
        <translation>修改 %2 中的 %1</translation>
    </message>
    <message>
        <source>rule revision %1</source>
        <translation>规则修订 %1</translation>
    </message>
    <message>
        <source>Secrets that are handed over</source>
        <translation>提供给函数的密钥</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Mend the marked rows of the network first.</source>
        <translation>请先修正网络中标出的行。</translation>
    </message>
    <message>
        <source>It was not applied: the platform refuses the network that is marked above.</source>
        <translation>未应用：平台拒绝了上方标出的网络设置。</translation>
    </message>
</context>
<context>
    <name>nest::console::DifferencesPanel</name>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>One column</source>
        <translation>单列</translation>
    </message>
    <message>
        <source>Choose two versions to see what differs.</source>
        <translation>选择两个版本以查看差异。</translation>
    </message>
</context>
<context>
    <name>nest::console::DoneList</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Files written</source>
        <translation>文件已写入</translation>
    </message>
    <message>
        <source>Write the files</source>
        <translation>写入文件</translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Build and test</source>
        <translation>构建并测试</translation>
    </message>
    <message>
        <source>%1 of %2 tests passed</source>
        <translation>%2 个测试通过 %1 个</translation>
    </message>
    <message>
        <source>no tests</source>
        <translation>没有测试</translation>
    </message>
    <message>
        <source>Built</source>
        <translation>已构建</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>发布时间</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Deployed</source>
        <translation>已部署</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已响应</translation>
    </message>
    <message>
        <source>Ask it once</source>
        <translation>请求一次</translation>
    </message>
</context>
<context>
    <name>nest::console::EditorPane</name>
    <message>
        <source>Close the file</source>
        <translation>关闭文件</translation>
    </message>
    <message>
        <source>A binary file of %1. It is part of the build but not shown here.</source>
        <translation>二进制文件，%1。它参与构建，但不在此显示。</translation>
    </message>
    <message>
        <source>The editor could not be loaded; files can be read.</source>
        <translation>无法加载编辑器；文件仍可阅读。</translation>
    </message>
    <message>
        <source>Install the package libkf6texteditor6 and nest-console again. %1</source>
        <translation>请重新安装软件包 libkf6texteditor6 和 nest-console。%1</translation>
    </message>
    <message>
        <source>%1 could not be read. %2</source>
        <translation>无法读取 %1。%2</translation>
    </message>
    <message>
        <source>Theirs compared with yours</source>
        <translation>对方与您的内容对比</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Offline, kept on this computer</source>
        <translation>离线，保留在本机</translation>
    </message>
</context>
<context>
    <name>nest::console::EndedBox</name>
    <message>
        <source>the platform gives no reason</source>
        <translation>平台未给出原因</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1 失败：%2</translation>
    </message>
    <message>
        <source>%1 stopped: %2</source>
        <translation>%1 已停止：%2</translation>
    </message>
    <message>
        <source>Network of %1: %2</source>
        <translation>%1 的网络：%2</translation>
    </message>
</context>
<context>
    <name>nest::console::EnvironmentEditor</name>
    <message>
        <source>No override. The function sees what its version brings.</source>
        <translation>没有覆盖项。函数使用其版本自带的环境变量。</translation>
    </message>
    <message>
        <source>Add variable</source>
        <translation>添加变量</translation>
    </message>
    <message>
        <source>Name of the variable</source>
        <translation>变量名称</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>NAME</translation>
    </message>
    <message>
        <source>Value of the variable</source>
        <translation>变量的值</translation>
    </message>
    <message>
        <source>Give it a name, or remove the row.</source>
        <translation>请填写名称，或删除该行。</translation>
    </message>
    <message>
        <source>A name has letters, figures and _, and does not begin with a figure.</source>
        <translation>名称由字母、数字和 _ 组成，且不能以数字开头。</translation>
    </message>
    <message>
        <source>A name has at most %1 characters.</source>
        <translation>名称最多 %1 个字符。</translation>
    </message>
    <message>
        <source>Names that begin with NEST_ are the platform&apos;s.</source>
        <translation>以 NEST_ 开头的名称由平台使用。</translation>
    </message>
    <message>
        <source>This name is here twice; keep one.</source>
        <translation>该名称出现了两次；请只保留一个。</translation>
    </message>
    <message>
        <source>All names and values together have at most 32 KiB; this makes %1 KiB. Shorten it.</source>
        <translation>所有名称和值合计最多 32 KiB；现在是 %1 KiB。请缩短。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>will be removed</source>
        <translation>将被删除</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>原为 %1</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Override</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>Override %1</source>
        <translation>覆盖 %1</translation>
    </message>
    <message>
        <source>No override, and the manifest of v%1 has no variable.</source>
        <translation>没有覆盖，v%1 的清单中也没有变量。</translation>
    </message>
    <message>
        <source>No override: the values above hold.</source>
        <translation>没有覆盖：以上值生效。</translation>
    </message>
    <message>
        <source>from the manifest of v%1, overridden below</source>
        <translation>来自 v%1 的清单，已在下方覆盖</translation>
    </message>
    <message>
        <source>from the manifest of v%1</source>
        <translation>来自 v%1 的清单</translation>
    </message>
</context>
<context>
    <name>nest::console::EventBar</name>
    <message>
        <source>Test event</source>
        <translation>测试事件</translation>
    </message>
    <message>
        <source>Save event</source>
        <translation>保存事件</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Throw changes away</source>
        <translation>放弃变更</translation>
    </message>
    <message>
        <source>Delete event</source>
        <translation>删除事件</translation>
    </message>
    <message>
        <source>Name of the event</source>
        <translation>事件名称</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>私有</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>采用对方的变更</translation>
    </message>
    <message>
        <source>%1 · shared</source>
        <translation>%1 · 共享</translation>
    </message>
    <message>
        <source>%1 · private</source>
        <translation>%1 · 私有</translation>
    </message>
    <message>
        <source>Saved events could not be read</source>
        <translation>无法读取已保存的事件</translation>
    </message>
    <message>
        <source>Changed, not saved</source>
        <translation>已修改，未保存</translation>
    </message>
    <message numerus="yes">
        <source>%n saved</source>
        <translation>
            <numerusform>已保存 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was changed</source>
        <translation>没有变更</translation>
    </message>
    <message>
        <source>Give the event a name of small letters, figures and dashes.</source>
        <translation>请用小写字母、数字和连字符为事件命名。</translation>
    </message>
    <message>
        <source>The name %1 is taken by somebody&apos;s private event. Choose another name.</source>
        <translation>名称 %1 已被他人的私有事件占用，请换一个名称。</translation>
    </message>
    <message>
        <source>%1 was deleted meanwhile. Your text is still here.</source>
        <translation>%1 已被删除，您的文本仍在这里。</translation>
    </message>
    <message>
        <source>There is an event %1 already. Keep mine replaces it.</source>
        <translation>已有事件 %1。“保留我的”会替换它。</translation>
    </message>
    <message>
        <source>%1 was changed at %2 by somebody else.</source>
        <translation>%1 已于 %2 被他人修改。</translation>
    </message>
    <message>
        <source>%1 was changed meanwhile by somebody else.</source>
        <translation>%1 已被他人修改。</translation>
    </message>
</context>
<context>
    <name>nest::console::EventStore</name>
    <message>
        <source>%1 was changed meanwhile and is kept. Look at it again, then delete it.</source>
        <translation>%1 已被修改，因此保留。请再看一遍，然后删除。</translation>
    </message>
</context>
<context>
    <name>nest::console::FileNotices</name>
    <message>
        <source>Changed elsewhere at %1 while you changed it.</source>
        <translation>您修改时，该文件已于 %1 在别处改动。</translation>
    </message>
    <message>
        <source>Your text is kept here; nothing is saved until you choose.</source>
        <translation>您的内容保留在此；选择之前不会保存。</translation>
    </message>
    <message>
        <source>Deleted elsewhere while you changed it.</source>
        <translation>您修改时，该文件已在别处删除。</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>Delete it here too</source>
        <translation>此处也删除</translation>
    </message>
    <message>
        <source>Changed elsewhere while you changed it.</source>
        <translation>您修改时，该文件已在别处改动。</translation>
    </message>
    <message>
        <source>Back to the text</source>
        <translation>返回内容</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>采用对方的变更</translation>
    </message>
    <message>
        <source>%1 is not saved.</source>
        <translation>%1 未保存。</translation>
    </message>
    <message>
        <source>Save and close</source>
        <translation>保存并关闭</translation>
    </message>
    <message>
        <source>Throw away and close</source>
        <translation>丢弃并关闭</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>Unsaved text from %1 was restored.</source>
        <translation>已恢复 %1 未保存的内容。</translation>
    </message>
    <message>
        <source>Throw it away</source>
        <translation>丢弃</translation>
    </message>
</context>
<context>
    <name>nest::console::FilePane</name>
    <message>
        <source>Add a file…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Add a file</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Read the files again</source>
        <translation>重新读取文件</translation>
    </message>
    <message>
        <source>Files of the draft</source>
        <translation>草稿的文件</translation>
    </message>
</context>
<context>
    <name>nest::console::FileTabs</name>
    <message>
        <source>Close (Ctrl+W)</source>
        <translation>关闭（Ctrl+W）</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>打开的文件</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>关闭 %1</translation>
    </message>
    <message>
        <source>%1, not saved</source>
        <translation>%1，未保存</translation>
    </message>
</context>
<context>
    <name>nest::console::FileTreeModel</name>
    <message>
        <source>%1, changed here and elsewhere</source>
        <translation>%1，此处和别处都有改动</translation>
    </message>
    <message>
        <source>%1, new and not saved</source>
        <translation>%1，新文件，未保存</translation>
    </message>
    <message>
        <source>%1, not saved</source>
        <translation>%1，未保存</translation>
    </message>
    <message>
        <source>Folder %1</source>
        <translation>文件夹 %1</translation>
    </message>
</context>
<context>
    <name>nest::console::FilesPreview</name>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>What is written</source>
        <translation>将写入的文件</translation>
    </message>
    <message>
        <source>follows the settings</source>
        <translation>随设置变化</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The chosen file</source>
        <translation>所选文件</translation>
    </message>
    <message numerus="yes">
        <source>%n files, %1</source>
        <translation>
            <numerusform>%n 个文件，%1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::FunctionCells</name>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Version weights</source>
        <translation>版本权重</translation>
    </message>
    <message>
        <source>To %1</source>
        <comment>end of the time that a line shows</comment>
        <translation>至 %1</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Not deployed</source>
        <translation>未部署</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>健康</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>Degraded</source>
        <translation>降级</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Draining</source>
        <translation>排空中</translation>
    </message>
    <message>
        <source>At zero</source>
        <translation>已缩容到 0</translation>
    </message>
    <message>
        <source>was %1 at %2</source>
        <translation>%2 时为 %1</translation>
    </message>
    <message>
        <source>at zero</source>
        <translation>已缩容到 0</translation>
    </message>
</context>
<context>
    <name>nest::console::FunctionFields</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>The change is on its way.</source>
        <translation>变更正在提交。</translation>
    </message>
    <message>
        <source>Nothing is changed.</source>
        <translation>没有变更。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Somebody changed the function meanwhile. What you typed is still here; the other fields are theirs. Look at them and save again.</source>
        <translation>其他用户在此期间修改了函数。您输入的内容仍然保留，其他字段是对方的。请查看后重新保存。</translation>
    </message>
    <message>
        <source>It was not saved: %1</source>
        <translation>未能保存：%1</translation>
    </message>
    <message>
        <source>Change what is said of %1</source>
        <translation>修改 %1 的说明</translation>
    </message>
    <message>
        <source>Its service, description or owner change. No instance is touched.</source>
        <translation>将修改服务、描述或负责人，不影响任何实例。</translation>
    </message>
</context>
<context>
    <name>nest::console::FunctionHead</name>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>成功率</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Ready / desired</source>
        <translation>就绪 / 期望</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Not deployed</source>
        <translation>未部署</translation>
    </message>
    <message>
        <source>Was: %1</source>
        <comment>state before the connection broke</comment>
        <translation>此前：%1</translation>
    </message>
    <message>
        <source>req/s</source>
        <translation>次/秒</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <comment>ready, desired</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Deployed nowhere</source>
        <translation>未部署</translation>
    </message>
</context>
<context>
    <name>nest::console::FunctionName</name>
    <message>
        <source>%1: kept</source>
        <translation>%1：符合</translation>
    </message>
    <message>
        <source>%1: broken</source>
        <translation>%1：不符合</translation>
    </message>
    <message>
        <source>a to z, 0 to 9, dash</source>
        <translation>a–z、0–9、-</translation>
    </message>
    <message>
        <source>3 to 40 long</source>
        <translation>3–40 个字符</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>尚未使用</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>not used in %1</source>
        <translation>%1 中未用</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>已占用</translation>
    </message>
    <message>
        <source>free</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>使用 %1</translation>
    </message>
    <message>
        <source>Open %1 instead</source>
        <translation>改为打开 %1</translation>
    </message>
</context>
<context>
    <name>nest::console::FunctionPage</name>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>The platform does not come back</source>
        <translation>平台没有恢复</translation>
    </message>
    <message>
        <source>Offline %1</source>
        <translation>离线 %1</translation>
    </message>
    <message>
        <source>Values are from %1 and shown dim. What you type stays.</source>
        <translation>数值截至 %1，以暗色显示。您输入的内容会保留。</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>next try in %1 s</source>
        <translation>%1 秒后重试</translation>
    </message>
    <message>
        <source>There is no function %1</source>
        <translation>没有函数 %1</translation>
    </message>
    <message>
        <source>It was deleted, or it is not made yet.</source>
        <translation>它已被删除，或尚未创建。</translation>
    </message>
    <message>
        <source>Go to Functions</source>
        <translation>前往函数</translation>
    </message>
</context>
<context>
    <name>nest::console::FunctionsPage</name>
    <message>
        <source>Functions</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Name, runtime, owner, service; runtime:node</source>
        <translation>名称、运行时、负责人、服务；runtime:node</translation>
    </message>
    <message>
        <source>Filter functions</source>
        <translation>筛选函数</translation>
    </message>
    <message>
        <source>No functions yet</source>
        <translation>还没有函数</translation>
    </message>
    <message>
        <source>The functions could not be read</source>
        <translation>无法读取函数</translation>
    </message>
    <message>
        <source>Retry; the console also tries again by itself</source>
        <translation>重试；控制台也会自动重试</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>the scope %1</source>
        <translation>范围 %1</translation>
    </message>
    <message>
        <source>“%1” and the scope %2</source>
        <translation>“%1”和范围 %2</translation>
    </message>
    <message>
        <source>1 function is hidden by %1.</source>
        <translation>1 个函数被%1隐藏。</translation>
    </message>
    <message>
        <source>%1 functions are hidden by %2.</source>
        <translation>%1 个函数被%2隐藏。</translation>
    </message>
    <message>
        <source>%1 shown of %2</source>
        <translation>显示 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>%1 kept of %2, from %3</source>
        <translation>保留 %1 个，共 %2 个，截至 %3</translation>
    </message>
    <message>
        <source>The platform does not come back</source>
        <translation>平台没有恢复</translation>
    </message>
    <message>
        <source>Offline %1</source>
        <translation>离线 %1</translation>
    </message>
    <message>
        <source>Values are from %1 and shown dim.</source>
        <translation>数值截至 %1，以暗色显示。</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>next try in %1 s</source>
        <translation>%1 秒后重试</translation>
    </message>
    <message>
        <source>New function</source>
        <translation>新建函数</translation>
    </message>
    <message>
        <source>Make one from a template: it is built, deployed and answers in a few seconds. Or in a terminal:</source>
        <translation>从模板创建一个函数：几秒内完成构建、部署并应答。或在终端中：</translation>
    </message>
</context>
<context>
    <name>nest::console::GroupDialog</name>
    <message>
        <source>Make the group</source>
        <translation>创建分组</translation>
    </message>
    <message>
        <source>New SET</source>
        <translation>新建 SET</translation>
    </message>
    <message>
        <source>New lane</source>
        <translation>新建泳道</translation>
    </message>
    <message>
        <source>New region</source>
        <translation>新建区域</translation>
    </message>
    <message>
        <source>A SET is a cell of the platform with its own deployments.</source>
        <translation>SET 是平台中拥有独立部署的单元。</translation>
    </message>
    <message>
        <source>A lane lies over main: what is not deployed in it is answered by main.</source>
        <translation>泳道叠加在 main 之上：未部署在泳道中的函数由 main 应答。</translation>
    </message>
    <message>
        <source>A region is a place that functions run in. This platform runs all of them on one machine.</source>
        <translation>区域是函数运行的地点。此平台在一台机器上运行所有区域。</translation>
    </message>
    <message>
        <source>SET</source>
        <translation>SET</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>泳道</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Ends after</source>
        <translation>保留时长</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>%1 is there already.</source>
        <translation>%1 已存在。</translation>
    </message>
    <message>
        <source>Makes the group %1.</source>
        <translation>将创建分组 %1。</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message numerus="yes">
        <source>%n functions</source>
        <translation>
            <numerusform>%n 个函数</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete with %n functions</source>
        <translation>
            <numerusform>连同 %n 个函数一起删除</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>%1 is deleted.</source>
        <translation>%1 已删除。</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>新建分组</translation>
    </message>
    <message>
        <source>A group is a place to deploy to: one SET, one lane and one region together.</source>
        <translation>分组是部署的去处：由一个 SET、一个泳道和一个区域组成。</translation>
    </message>
    <message>
        <source>Delete the group %1</source>
        <translation>删除分组 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n functions run there; their deployments go with it.</source>
        <translation>
            <numerusform>其中有 %n 个函数，其部署将一并删除。</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Make the group %1</source>
        <translation>创建分组 %1</translation>
    </message>
    <message>
        <source>Nothing runs in it until something is deployed to it.</source>
        <translation>在部署之前，其中不运行任何内容。</translation>
    </message>
</context>
<context>
    <name>nest::console::GroupMatrix</name>
    <message>
        <source>new in this group</source>
        <translation>首次部署到该分组</translation>
    </message>
    <message>
        <source>not deployed</source>
        <translation>未部署</translation>
    </message>
    <message>
        <source>%1 ready, already there</source>
        <translation>%1 个就绪，已是该版本</translation>
    </message>
    <message>
        <source>%1 ready, reserved %2</source>
        <translation>%1 个就绪，预留 %2</translation>
    </message>
    <message>
        <source>changed meanwhile, choose again</source>
        <translation>在此期间已变更，请重新选择</translation>
    </message>
    <message>
        <source>Choose a version first.</source>
        <translation>请先选择版本。</translation>
    </message>
    <message>
        <source>SET</source>
        <translation>SET</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>泳道</translation>
    </message>
</context>
<context>
    <name>nest::console::GroupSettings</name>
    <message>
        <source>Was %1</source>
        <translation>原为 %1</translation>
    </message>
    <message>
        <source>“%1” is no number.</source>
        <translation>“%1”不是数字。</translation>
    </message>
    <message>
        <source>As function.yaml has it. A number here takes its place.</source>
        <translation>以 function.yaml 为准。在此填写的数字会取代它。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Share of the new version in %1</source>
        <translation>新版本在 %1 的权重</translation>
    </message>
    <message>
        <source>No other version is here to share with.</source>
        <translation>这里没有其他版本可以分担。</translation>
    </message>
    <message>
        <source>Requests per group</source>
        <translation>各分组的请求</translation>
    </message>
    <message>
        <source>what the new version gets</source>
        <translation>新版本得到的部分</translation>
    </message>
    <message>
        <source>Instances per group</source>
        <translation>各分组的实例</translation>
    </message>
    <message>
        <source>unchanged values stay dim</source>
        <translation>未变更的值为灰色</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>预留实例</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最大实例数</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>单机阈值</translation>
    </message>
    <message>
        <source>Utilisation</source>
        <translation>阈值使用率</translation>
    </message>
</context>
<context>
    <name>nest::console::GuardDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>预发</translation>
    </message>
    <message>
        <source>Reason, kept with the change (required)</source>
        <translation>原因，随变更保存（必填）</translation>
    </message>
    <message>
        <source>Type %1 to confirm</source>
        <translation>输入 %1 以确认</translation>
    </message>
    <message>
        <source>Give a reason.</source>
        <translation>请填写原因。</translation>
    </message>
    <message>
        <source>Type the name to confirm.</source>
        <translation>输入名称以确认。</translation>
    </message>
    <message>
        <source>Reason, kept with the change</source>
        <translation>原因，随变更保存</translation>
    </message>
</context>
<context>
    <name>nest::console::InstancesModel</name>
    <message>
        <source>Ready since; of one that is not ready: made; of one that ended: ended.</source>
        <translation>就绪至今的时间；未就绪的实例：创建至今；已结束的实例：结束至今。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Cold start</source>
        <translation>冷启动</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>req/s</source>
        <translation>次/秒</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>build %1</source>
        <translation>构建 %1</translation>
    </message>
    <message>
        <source>trial</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Runs outside any deployment, to try a build or a version. It is not counted for scaling and ends after 60 s without a request.</source>
        <translation>在部署之外运行，用于试用一个构建或版本。不计入弹性伸缩，60 秒没有请求后结束。</translation>
    </message>
</context>
<context>
    <name>nest::console::InstancesTab</name>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>搜索日志</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>下一个匹配</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>上一个匹配</translation>
    </message>
    <message>
        <source>No instance runs</source>
        <translation>没有运行中的实例</translation>
    </message>
    <message>
        <source>The function is at zero; the next request starts an instance.</source>
        <translation>函数已缩容到 0；下一个请求会启动一个实例。</translation>
    </message>
    <message>
        <source>The function is not deployed</source>
        <translation>函数尚未部署</translation>
    </message>
    <message>
        <source>Instances run where it is deployed. Deploy a version to a group, or run a test.</source>
        <translation>实例在已部署的分组中运行。请将一个版本部署到分组，或运行一次测试。</translation>
    </message>
    <message>
        <source>Deploy…</source>
        <translation>部署…</translation>
    </message>
    <message>
        <source>The instances could not be read</source>
        <translation>无法读取实例</translation>
    </message>
    <message>
        <source>Retry; the console also tries again by itself</source>
        <translation>重试；控制台也会自动重试</translation>
    </message>
    <message>
        <source>%1 ready</source>
        <translation>%1 个就绪</translation>
    </message>
    <message>
        <source>%1 pending</source>
        <translation>%1 个等待中</translation>
    </message>
    <message>
        <source>%1 starting</source>
        <translation>%1 个启动中</translation>
    </message>
    <message>
        <source>%1 draining</source>
        <translation>%1 个排空中</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 个失败</translation>
    </message>
    <message>
        <source>%1 stopped</source>
        <translation>%1 个已停止</translation>
    </message>
    <message>
        <source>none runs</source>
        <translation>没有运行中的实例</translation>
    </message>
    <message>
        <source>Groups whose instances are shown</source>
        <translation>显示哪些分组的实例</translation>
    </message>
    <message>
        <source>This group</source>
        <translation>本分组</translation>
    </message>
    <message>
        <source>All groups</source>
        <translation>所有分组</translation>
    </message>
    <message>
        <source>Take the selection back</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>No instance runs in %1</source>
        <translation>%1 中没有运行的实例</translation>
    </message>
    <message>
        <source>Not deployed to %1</source>
        <translation>未部署到 %1</translation>
    </message>
    <message>
        <source>The function is deployed to other groups. Their instances are under All groups.</source>
        <translation>该函数部署在其他分组。它们的实例见“所有分组”。</translation>
    </message>
    <message>
        <source>Show all groups</source>
        <translation>显示所有分组</translation>
    </message>
    <message numerus="yes">
        <source>of them %n trials</source>
        <translation>
            <numerusform>其中 %n 个试运行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 more in other groups</source>
        <translation>其他分组还有 %1 个</translation>
    </message>
</context>
<context>
    <name>nest::console::JobsBinding</name>
    <message>
        <source>Stop the load</source>
        <translation>停止加压</translation>
    </message>
    <message>
        <source>No load runs.</source>
        <translation>没有正在进行的压测。</translation>
    </message>
    <message>
        <source>Stop load</source>
        <translation>停止压测</translation>
    </message>
    <message>
        <source>Show the load</source>
        <translation>查看压测</translation>
    </message>
    <message>
        <source>%1 was not built</source>
        <translation>%1 未构建</translation>
    </message>
    <message>
        <source>Not every file could be saved; the text is kept on this computer.</source>
        <translation>并非所有文件都能保存；文本已保留在本机。</translation>
    </message>
    <message>
        <source>Open its code</source>
        <translation>打开其代码</translation>
    </message>
    <message numerus="yes">
        <source>The local platform ended by itself %n times and was started again</source>
        <translation>
            <numerusform>本地平台自行结束了 %n 次，并已重新启动</numerusform>
        </translation>
    </message>
    <message>
        <source>Read the log in %1</source>
        <translation>查看日志 %1</translation>
    </message>
</context>
<context>
    <name>nest::console::LoadControls</name>
    <message>
        <source>Start load</source>
        <translation>开始压测</translation>
    </message>
    <message>
        <source>Event that is sent</source>
        <translation>发送的事件</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>As in One request</source>
        <translation>与“单个请求”相同</translation>
    </message>
</context>
<context>
    <name>nest::console::LoadDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Start load</source>
        <translation>开始压测</translation>
    </message>
    <message>
        <source>Enter starts, Esc leaves</source>
        <translation>Enter 开始，Esc 离开</translation>
    </message>
    <message>
        <source>Sends GET / through the gateway, as callers do.</source>
        <translation>与调用方一样，经网关发送 GET /。</translation>
    </message>
    <message>
        <source>Put load on %1</source>
        <translation>对 %1 压测</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>发往</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Load runs on %1 already. Stop it first.</source>
        <translation>%1 上已有压测在运行，请先停止。</translation>
    </message>
</context>
<context>
    <name>nest::console::LoadFields</name>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>req/s</source>
        <translation>次/秒</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Steady</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>Ramp 30 s</source>
        <translation>爬升 30 秒</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>阶梯</translation>
    </message>
</context>
<context>
    <name>nest::console::LoadInstances</name>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>warm</source>
        <translation>热启动</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已响应</translation>
    </message>
    <message>
        <source>Cold start</source>
        <translation>冷启动</translation>
    </message>
    <message>
        <source>Ready at</source>
        <translation>就绪于</translation>
    </message>
</context>
<context>
    <name>nest::console::LoadJob</name>
    <message>
        <source>Load runs on %1 already. Stop it first.</source>
        <translation>%1 上已有压测在运行，请先停止。</translation>
    </message>
</context>
<context>
    <name>nest::console::LoadJobs</name>
    <message>
        <source>Load test %1 · %2 %</source>
        <translation>压测 %1 · %2%</translation>
    </message>
    <message>
        <source>The platform is offline. Load can be started when it is back.</source>
        <translation>平台离线，恢复后可开始压测。</translation>
    </message>
    <message>
        <source>The platform told no gateway. Start it with one (nestd --gateway-port).</source>
        <translation>平台没有给出网关。请带网关启动（nestd --gateway-port）。</translation>
    </message>
    <message>
        <source>Load is off in production. Use a lane of a test platform.</source>
        <translation>生产环境已关闭压测，请使用测试平台的泳道。</translation>
    </message>
    <message>
        <source>%1 is not deployed to %2. Deploy it, then start the load.</source>
        <translation>%1 没有部署到 %2。请先部署，再开始压测。</translation>
    </message>
</context>
<context>
    <name>nest::console::LoadResults</name>
    <message>
        <source>Open in Scaling</source>
        <translation>在弹性伸缩中打开</translation>
    </message>
    <message>
        <source>Load and instances</source>
        <translation>负载与实例</translation>
    </message>
    <message>
        <source>Instances that answered</source>
        <translation>响应过的实例</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>requests per bin</source>
        <translation>每区间请求数</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>No further request is sent (Esc)</source>
        <translation>不再发送请求（Esc）</translation>
    </message>
    <message>
        <source>Running %1</source>
        <translation>运行中 %1</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>about %1 to go</source>
        <translation>约剩 %1 个</translation>
    </message>
    <message>
        <source>Stopped at %1</source>
        <translation>已于 %1 停止</translation>
    </message>
    <message>
        <source>of %1, %2 requests to %3</source>
        <translation>共 %1，已向 %3 发送 %2 个请求</translation>
    </message>
    <message>
        <source>Done after %1</source>
        <translation>完成，用时 %1</translation>
    </message>
    <message>
        <source>%1 requests to %2</source>
        <translation>向 %2 发送 %1 个请求</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>无响应</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已响应</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>成功率</translation>
    </message>
    <message>
        <source>Rate now</source>
        <translation>当前速率</translation>
    </message>
    <message>
        <source>req/s</source>
        <translation>次/秒</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>Cold starts</source>
        <translation>冷启动</translation>
    </message>
    <message>
        <source>Sent late</source>
        <translation>迟发</translation>
    </message>
    <message>
        <source>warm %1</source>
        <translation>热启动 %1</translation>
    </message>
    <message>
        <source>cold %1</source>
        <translation>冷启动 %1</translation>
    </message>
    <message>
        <source>cold %1, not to scale</source>
        <translation>冷启动 %1，未按比例</translation>
    </message>
    <message numerus="yes">
        <source>%n ready</source>
        <translation>
            <numerusform>%n 个就绪</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::LoadView</name>
    <message>
        <source>No load was sent yet</source>
        <translation>还没有压测</translation>
    </message>
    <message>
        <source>Choose rate and duration, then start. The run goes on when you leave this page.</source>
        <translation>选择速率和时长后开始。离开此页后压测仍继续。</translation>
    </message>
    <message>
        <source>No function is shown.</source>
        <translation>没有显示函数。</translation>
    </message>
    <message>
        <source>Load runs on %1 already. Stop it first.</source>
        <translation>%1 上已有压测在运行，请先停止。</translation>
    </message>
    <message>
        <source>Load goes to a lane here. Deploy %1 to a lane, or choose another target.</source>
        <translation>这里的压测发往泳道。请将 %1 部署到泳道，或选择其他目标。</translation>
    </message>
    <message>
        <source>Start load as the Test panel says</source>
        <translation>按测试面板的设置开始压测</translation>
    </message>
</context>
<context>
    <name>nest::console::LocalPanel</name>
    <message>
        <source>Open local platform</source>
        <translation>打开本地平台</translation>
    </message>
    <message>
        <source>Platform process</source>
        <translation>平台进程</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Functions</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>沙箱</translation>
    </message>
    <message>
        <source>Run functions here now,
or connect to a platform.</source>
        <translation>现在就在本机运行函数，
或连接到一个平台。</translation>
    </message>
    <message>
        <source>The local platform needs no account, no network and no set-up.</source>
        <translation>本地平台不需要账号、网络和任何设置。</translation>
    </message>
    <message>
        <source>Local platform</source>
        <translation>本地平台</translation>
    </message>
    <message>
        <source>The local platform starts with this page.</source>
        <translation>本地平台随此页面启动。</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>启动中</translation>
    </message>
    <message numerus="yes">
        <source>running, %n functions</source>
        <translation>
            <numerusform>运行中，%n 个函数</numerusform>
        </translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
</context>
<context>
    <name>nest::console::LockChip</name>
    <message>
        <source>Unlock for 15 min</source>
        <translation>解锁 15 分钟</translation>
    </message>
    <message>
        <source>Changes are possible until it locks itself again. Say why.</source>
        <translation>在自动重新锁定之前可以进行变更。请说明原因。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Reason (required)</source>
        <translation>原因（必填）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>%1 · Unlock for 15 min</source>
        <translation>%1 · 解锁 15 分钟</translation>
    </message>
    <message>
        <source>Lock now. Unlocked because: %1</source>
        <translation>立即锁定。解锁原因：%1</translation>
    </message>
</context>
<context>
    <name>nest::console::LogModel</name>
    <message>
        <source>outside a request</source>
        <translation>不在请求内</translation>
    </message>
    <message>
        <source>request %1</source>
        <translation>请求 %1</translation>
    </message>
</context>
<context>
    <name>nest::console::LogPanel</name>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Least level of the lines</source>
        <translation>日志行的最低级别</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Warn</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>搜索日志</translation>
    </message>
    <message>
        <source>Lines that the platform could not keep since it started.</source>
        <translation>平台启动以来未能保留的日志行。</translation>
    </message>
    <message>
        <source>Space: follow or hold</source>
        <translation>空格：跟随或停住</translation>
    </message>
    <message>
        <source>F3: next hit</source>
        <translation>F3：下一个匹配</translation>
    </message>
    <message>
        <source>of %1 instances</source>
        <translation>%1 个实例</translation>
    </message>
    <message>
        <source>The log could not be read: %1</source>
        <translation>无法读取日志：%1</translation>
    </message>
    <message>
        <source>no hit</source>
        <translation>没有匹配</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>Lines shown: %1 of %2</source>
        <translation>显示 %1 行，共 %2 行</translation>
    </message>
    <message>
        <source>Lines in view: %1</source>
        <translation>视图中 %1 行</translation>
    </message>
    <message>
        <source>held, %1 new wait</source>
        <translation>已停住，%1 行新日志等待中</translation>
    </message>
    <message>
        <source>%1 dropped</source>
        <translation>丢失 %1 行</translation>
    </message>
    <message>
        <source>Reading the log…</source>
        <translation>正在读取日志…</translation>
    </message>
    <message>
        <source>The log is read when the platform is back.</source>
        <translation>平台恢复后读取日志。</translation>
    </message>
    <message>
        <source>No line of these instances at this level; %1 others are hidden.</source>
        <translation>这些实例没有该级别的日志行；另有 %1 行被隐藏。</translation>
    </message>
    <message>
        <source>No line yet. What the function writes appears here within a second.</source>
        <translation>还没有日志。函数写出的内容会在一秒内显示在这里。</translation>
    </message>
    <message>
        <source>of all instances in all groups</source>
        <translation>所有分组的全部实例</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>跟随中</translation>
    </message>
    <message>
        <source>The newest line is kept in view. Click to hold.</source>
        <translation>始终显示最新一行。点击可暂停。</translation>
    </message>
    <message>
        <source>Held. Click to follow the newest line.</source>
        <translation>已暂停。点击可跟随最新一行。</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>End</source>
        <translation>End</translation>
    </message>
    <message>
        <source>of all instances in %1</source>
        <translation>%1 中的所有实例</translation>
    </message>
    <message>
        <source>No line in this group yet. What the function writes appears here within a second.</source>
        <translation>该分组还没有日志行。函数写出的内容会在一秒内出现在这里。</translation>
    </message>
</context>
<context>
    <name>nest::console::LogView</name>
    <message>
        <source>Log lines</source>
        <translation>日志行</translation>
    </message>
</context>
<context>
    <name>nest::console::NameField</name>
    <message>
        <source>src/name.js</source>
        <translation>src/name.js</translation>
    </message>
    <message>
        <source>Name of the new file</source>
        <translation>新文件的名称</translation>
    </message>
    <message>
        <source>New name of %1</source>
        <translation>%1 的新名称</translation>
    </message>
</context>
<context>
    <name>nest::console::NetworkEditor</name>
    <message>
        <source>No address is granted.</source>
        <translation>没有授权任何地址。</translation>
    </message>
    <message>
        <source>Add address</source>
        <translation>添加地址</translation>
    </message>
    <message>
        <source>What else the function reaches</source>
        <translation>函数还能访问什么</translation>
    </message>
    <message>
        <source>Only what is granted</source>
        <translation>仅限已授权的地址</translation>
    </message>
    <message>
        <source>Open, but not to this machine</source>
        <translation>开放，但不含本机</translation>
    </message>
    <message>
        <source>Name of the address</source>
        <translation>地址的名称</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Host: an IP address or a name</source>
        <translation>主机：IP 地址或域名</translation>
    </message>
    <message>
        <source>host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>An open network %1</source>
        <translation>开放网络：%1</translation>
    </message>
    <message>
        <source>The network %1</source>
        <translation>网络：%1</translation>
    </message>
    <message>
        <source>This name is here twice; keep one.</source>
        <translation>该名称出现了两次；请只保留一个。</translation>
    </message>
    <message>
        <source>It gives the function %1, which the environment above sets too.</source>
        <translation>它会向函数提供 %1，而上方的环境变量也设置了该名称。</translation>
    </message>
    <message>
        <source>will be removed</source>
        <translation>将被删除</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>原为 %1</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>found by %1 and %2</source>
        <translation>通过 %1 和 %2 读取</translation>
    </message>
    <message>
        <source>It %1</source>
        <comment>a grant: &apos;is refused by …&apos;</comment>
        <translation>平台答复：%1</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>At most %1 addresses can be granted.</source>
        <translation>最多可授权 %1 个地址。</translation>
    </message>
    <message>
        <source>It reaches everything by TCP and UDP over IPv4, names included, and what is granted, but nothing else on the machine that it runs on.</source>
        <translation>可通过 IPv4 以 TCP 和 UDP 访问任何地址（包括域名）以及已授权的地址，但不能访问所在机器上的其他服务。</translation>
    </message>
    <message>
        <source>It reaches the gateway and nothing else.</source>
        <translation>只能访问网关。</translation>
    </message>
    <message>
        <source>It reaches the gateway and these addresses over TCP, and nothing else.</source>
        <translation>只能访问网关，以及通过 TCP 访问这些地址。</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>function.yaml of v%1 asks for another network: %2.</source>
        <translation>v%1 的 function.yaml 要求不同的网络：%2。</translation>
    </message>
</context>
<context>
    <name>nest::console::NewFunctionPage</name>
    <message>
        <source>New function</source>
        <translation>新建函数</translation>
    </message>
    <message>
        <source>Create and run</source>
        <translation>创建并运行</translation>
    </message>
    <message>
        <source>Functions /</source>
        <translation>函数 /</translation>
    </message>
    <message>
        <source>Back to Functions</source>
        <translation>返回函数</translation>
    </message>
    <message>
        <source>Nothing is created until you press Create.</source>
        <translation>按下创建之前不会创建任何内容。</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>all can be changed later, except the name</source>
        <translation>除名称外，以后都可以修改</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The templates could not be read</source>
        <translation>无法读取模板</translation>
    </message>
    <message>
        <source>Retry; the console also tries again by itself</source>
        <translation>重试；控制台也会自动重试</translation>
    </message>
    <message>
        <source>Offline: what you typed stays; create it when the platform is back.</source>
        <translation>离线：您输入的内容会保留；平台恢复后再创建。</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>The name cannot be used.</source>
        <translation>此名称不可用。</translation>
    </message>
    <message>
        <source>Give it a service; “default” is the usual one.</source>
        <translation>请填写服务；通常为“default”。</translation>
    </message>
    <message>
        <source>The numbers of instances do not fit.</source>
        <translation>实例数设置不合理。</translation>
    </message>
    <message>
        <source>Reading the template…</source>
        <translation>正在读取模板…</translation>
    </message>
</context>
<context>
    <name>nest::console::NoticeBar</name>
    <message>
        <source>Close this line</source>
        <translation>关闭此行</translation>
    </message>
</context>
<context>
    <name>nest::console::NumberSetting</name>
    <message>
        <source>Reset</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>还原%1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>原为 %1</translation>
    </message>
</context>
<context>
    <name>nest::console::PoolCurve</name>
    <message>
        <source>Idle in the last hour</source>
        <translation>最近一小时的空闲数</translation>
    </message>
    <message>
        <source>The last hour could not be read: %1</source>
        <translation>无法读取最近一小时：%1</translation>
    </message>
    <message>
        <source>Idle in the last hour: –</source>
        <translation>最近一小时的空闲数：–</translation>
    </message>
    <message>
        <source>Idle in the last hour: – It is counted every ten seconds.</source>
        <translation>最近一小时的空闲数：– 每十秒统计一次。</translation>
    </message>
    <message>
        <source>Reading the last hour…</source>
        <translation>正在读取最近一小时…</translation>
    </message>
    <message>
        <source>As it was %1 ago</source>
        <translation>%1前的状态</translation>
    </message>
</context>
<context>
    <name>nest::console::PoolEditor</name>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Review change…</source>
        <translation>检查变更…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>checkout-ready</source>
        <translation>checkout-ready</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Booted runtimes that are always kept ready</source>
        <translation>始终保持就绪的运行时数量</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>When many start at once, so many are kept ready for ten minutes</source>
        <translation>大量同时启动时，十分钟内保持这么多个就绪</translation>
    </message>
    <message>
        <source>function@version</source>
        <translation>函数@版本</translation>
    </message>
    <message>
        <source>The version whose packages lie ready; it serves versions with the same lock file</source>
        <translation>其依赖已就位的版本；服务于锁文件相同的版本</translation>
    </message>
    <message>
        <source>Packages of</source>
        <translation>依赖来源</translation>
    </message>
    <message>
        <source>express, zod</source>
        <translation>express, zod</translation>
    </message>
    <message>
        <source>Modules that are loaded before a runtime waits, as an import names them</source>
        <translation>运行时等待之前加载的模块，按 import 的写法</translation>
    </message>
    <message>
        <source>Preloaded</source>
        <translation>预加载</translation>
    </message>
    <message>
        <source>NAME=value, one a line; no secrets</source>
        <translation>NAME=value，每行一个；不要放密钥</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>%1 changed it meanwhile; the review shows what is left to change.</source>
        <translation>%1 在此期间修改了它；检查时会显示剩余的变更。</translation>
    </message>
    <message>
        <source>%1 was deleted.</source>
        <translation>%1 已被删除。</translation>
    </message>
    <message>
        <source>New pool</source>
        <translation>新建资源池</translation>
    </message>
    <message>
        <source>A custom pool has packages, modules and an environment loaded before a function needs them.</source>
        <translation>自定义资源池在函数需要之前就已加载依赖、模块和环境变量。</translation>
    </message>
    <message>
        <source>The change is on its way.</source>
        <translation>变更正在提交。</translation>
    </message>
    <message>
        <source>Nothing is changed.</source>
        <translation>没有变更。</translation>
    </message>
    <message>
        <source>Make the pool…</source>
        <translation>创建资源池…</translation>
    </message>
    <message numerus="yes">
        <source>%n changes</source>
        <translation>
            <numerusform>%n 项变更</numerusform>
        </translation>
    </message>
    <message>
        <source>Make the pool %1</source>
        <translation>创建资源池 %1</translation>
    </message>
    <message>
        <source>Change the pool %1</source>
        <translation>修改资源池 %1</translation>
    </message>
    <message>
        <source>Make the pool</source>
        <translation>创建资源池</translation>
    </message>
    <message>
        <source>Change the pool</source>
        <translation>修改资源池</translation>
    </message>
    <message>
        <source>%1 is made</source>
        <translation>%1 已创建</translation>
    </message>
    <message>
        <source>%1 is changed</source>
        <translation>%1 已修改</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Delete the pool %1</source>
        <translation>删除资源池 %1</translation>
    </message>
    <message>
        <source>Its size goes back to the platform&apos;s own while something deployed needs it.</source>
        <translation>只要已部署的内容需要它，其大小会恢复为平台的默认值。</translation>
    </message>
    <message>
        <source>What waits in it ends. Instances that were started from it go on.</source>
        <translation>其中等待的运行时会结束。已从中启动的实例继续运行。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 is deleted</source>
        <translation>%1 已删除</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>其他用户</translation>
    </message>
    <message>
        <source>A value has a line break or the like, which has no place here. It stays as it is.</source>
        <translation>某个值含有换行等此处无法显示的字符。它会保持不变。</translation>
    </message>
    <message>
        <source>Was: %1</source>
        <comment>state before the connection broke</comment>
        <translation>此前：%1</translation>
    </message>
    <message>
        <source>%1 was not taken back</source>
        <translation>未能撤销对 %1 的变更</translation>
    </message>
    <message>
        <source>%1 was not made</source>
        <translation>未能创建 %1</translation>
    </message>
    <message>
        <source>%1 was not changed</source>
        <translation>未能修改 %1</translation>
    </message>
    <message>
        <source>%1 was not deleted</source>
        <translation>未能删除 %1</translation>
    </message>
    <message>
        <source>It is refused: look at what is marked in the size schedule.</source>
        <translation>被拒绝：请查看容量计划中标出的内容。</translation>
    </message>
</context>
<context>
    <name>nest::console::PoolSchedule</name>
    <message>
        <source>From</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>To</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>星期</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>%1 each</source>
        <translation>每次 %1</translation>
    </message>
    <message>
        <source>off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>No window: the pool has the same size all day.</source>
        <translation>没有时段：资源池全天容量相同。</translation>
    </message>
    <message>
        <source>Add window</source>
        <translation>添加时段</translation>
    </message>
    <message>
        <source>Remove window</source>
        <translation>移除时段</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Size schedule</source>
        <translation>容量计划</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在生效</translation>
    </message>
</context>
<context>
    <name>nest::console::PoolsModel</name>
    <message numerus="yes">
        <source>%n starts came at once in the last ten minutes, so it keeps %1 ready instead of %2.</source>
        <translation>
            <numerusform>最近十分钟内同时出现 %n 次启动，因此保持 %1 个就绪，而不是 %2 个。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n starts of the last hour found none idle and booted their runtime.</source>
        <translation>
            <numerusform>最近一小时有 %n 次启动没有找到空闲运行时，只能自行启动运行时。</numerusform>
        </translation>
    </message>
    <message>
        <source>The platform made it for what is deployed. Change its size to keep it.</source>
        <translation>平台根据已部署的内容自动创建。修改其大小即可保留它。</translation>
    </message>
    <message>
        <source>Every start of the last hour found one idle.</source>
        <translation>最近一小时的每次启动都找到了空闲运行时。</translation>
    </message>
    <message>
        <source>Nothing was started from it in the last hour.</source>
        <translation>最近一小时没有从中启动任何实例。</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 idle, %2 claimed in 1 h, hit rate %3</source>
        <translation>空闲 %1，1 小时内占用 %2，命中率 %3</translation>
    </message>
    <message>
        <source>warm</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>custom</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>资源池</translation>
    </message>
    <message>
        <source>A warm pool has plain runtimes, a custom one has packages and modules loaded ahead</source>
        <translation>资源池是普通运行时，自定义资源池提前加载依赖和模块</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Booted runtimes that wait, and how many it aims at</source>
        <translation>已启动并等待的运行时数量，以及目标数量</translation>
    </message>
    <message>
        <source>Idle / wanted</source>
        <translation>空闲 / 目标</translation>
    </message>
    <message>
        <source>Runtimes that are booting</source>
        <translation>正在启动的运行时</translation>
    </message>
    <message>
        <source>Warming</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>Starts of the last hour that found one idle</source>
        <translation>最近一小时找到空闲运行时的启动次数</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>占用</translation>
    </message>
    <message>
        <source>Share of the starts of the last hour that found one idle</source>
        <translation>最近一小时找到空闲运行时的启动所占比例</translation>
    </message>
    <message>
        <source>Hit rate</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>To link and load a function&apos;s code into one: the median of the last 50 claims</source>
        <translation>将函数代码链接并加载进运行时的时间：最近 50 次占用的中位数</translation>
    </message>
    <message>
        <source>Specialise</source>
        <translation>特化</translation>
    </message>
    <message>
        <source>Of an idle one, the largest</source>
        <translation>空闲运行时中的最大值</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Deployments that start from it</source>
        <translation>从中启动的部署</translation>
    </message>
    <message>
        <source>Serves</source>
        <translation>服务的部署</translation>
    </message>
    <message>
        <source>Demand is higher than the %1 that it keeps ready: %2 % of the starts of the last hour found none idle and booted their runtime, which takes %3 s.</source>
        <translation>需求超过保持就绪的 %1 个：最近一小时 %2% 的启动未找到空闲实例，需自行启动运行时，耗时 %3 秒。</translation>
    </message>
    <message>
        <source>Demand is higher than the %1 that it keeps ready: %2 % of the starts of the last hour found none idle and booted their runtime.</source>
        <translation>需求超过保持就绪的 %1 个：最近一小时 %2% 的启动未找到空闲实例，需自行启动运行时。</translation>
    </message>
    <message numerus="yes">
        <source>Its schedule keeps %n ready now (%1).</source>
        <translation>
            <numerusform>容量计划当前保持 %n 个就绪（%1）。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::PoolsPage</name>
    <message>
        <source>Pools</source>
        <translation>资源池</translation>
    </message>
    <message>
        <source>New pool</source>
        <translation>新建资源池</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Warm</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Offline: the platform does not answer.</source>
        <translation>离线：平台没有应答。</translation>
    </message>
    <message>
        <source>Offline %1</source>
        <translation>离线 %1</translation>
    </message>
    <message>
        <source>Values are old and shown dim. What you type stays.</source>
        <translation>数值已过时并以暗色显示。你输入的内容会保留。</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>The pools could not be read</source>
        <translation>无法读取资源池</translation>
    </message>
    <message>
        <source>Retry; the console also tries again by itself</source>
        <translation>重试；控制台也会自动重试</translation>
    </message>
    <message>
        <source>No pool of this kind</source>
        <translation>没有这种类型的资源池</translation>
    </message>
    <message>
        <source>Choose All to see the others.</source>
        <translation>选择“全部”查看其他资源池。</translation>
    </message>
    <message>
        <source>No pools yet</source>
        <translation>还没有资源池</translation>
    </message>
    <message>
        <source>The platform makes a warm pool for what is deployed. A custom one has packages and modules loaded before a function needs them.</source>
        <translation>平台会为已部署的内容创建资源池。自定义资源池在函数需要之前就已加载依赖和模块。</translation>
    </message>
</context>
<context>
    <name>nest::console::PublishPopover</name>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>What is new? It is shown beside the version for good.</source>
        <translation>有什么新内容？它会一直显示在版本旁。</translation>
    </message>
    <message>
        <source>What is new in the version</source>
        <translation>版本的新内容</translation>
    </message>
    <message>
        <source>Publish build %1</source>
        <translation>发布构建 %1</translation>
    </message>
    <message>
        <source>Publishing…</source>
        <translation>正在发布…</translation>
    </message>
</context>
<context>
    <name>nest::console::RequestEdit</name>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Path and query</source>
        <translation>路径与查询</translation>
    </message>
    <message>
        <source>Headers, one a line</source>
        <translation>请求头，每行一个</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>No body</source>
        <translation>无正文</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>请求头</translation>
    </message>
    <message>
        <source>Headers %1</source>
        <translation>请求头 %1</translation>
    </message>
</context>
<context>
    <name>nest::console::RequestView</name>
    <message>
        <source>Invoke</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>No function is shown.</source>
        <translation>没有显示函数。</translation>
    </message>
    <message>
        <source>The platform is offline. The request can be sent when it is back.</source>
        <translation>平台离线，恢复后可发送请求。</translation>
    </message>
    <message>
        <source>Cancelled after %1 s. The function may still finish by itself.</source>
        <translation>%1 秒后取消。函数可能仍会自行完成。</translation>
    </message>
    <message>
        <source>A request is running. Cancel it or wait for its answer.</source>
        <translation>请求正在进行，请取消或等待响应。</translation>
    </message>
    <message>
        <source>Send the request (F5)</source>
        <translation>发送请求（F5）</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>The request was not answered</source>
        <translation>请求没有得到响应</translation>
    </message>
    <message>
        <source>Send the request</source>
        <translation>发送请求</translation>
    </message>
    <message>
        <source>Cancel the request</source>
        <translation>取消请求</translation>
    </message>
    <message>
        <source>No request is running.</source>
        <translation>没有进行中的请求。</translation>
    </message>
</context>
<context>
    <name>nest::console::ReservedPanel</name>
    <message>
        <source>Add rule</source>
        <translation>添加规则</translation>
    </message>
    <message>
        <source>Reserved instances, next 24 h</source>
        <translation>未来 24 小时的预留实例</translation>
    </message>
    <message>
        <source>Function and group</source>
        <translation>函数和分组</translation>
    </message>
    <message>
        <source>Choose a function</source>
        <translation>选择函数</translation>
    </message>
    <message>
        <source>the highest rule wins</source>
        <translation>以下限最高的规则为准</translation>
    </message>
    <message>
        <source>Reserved instance-hours</source>
        <translation>预留实例时</translation>
    </message>
    <message>
        <source>holds now</source>
        <translation>正在生效</translation>
    </message>
    <message>
        <source>next %1</source>
        <translation>下次 %1</translation>
    </message>
    <message>
        <source>Choose a function first.</source>
        <translation>请先选择函数。</translation>
    </message>
    <message>
        <source>The deployments could not be read</source>
        <translation>无法读取部署</translation>
    </message>
    <message>
        <source>Retry; the console also tries again by itself</source>
        <translation>重试；控制台也会自动重试</translation>
    </message>
    <message>
        <source>Nothing is deployed here</source>
        <translation>这里没有部署</translation>
    </message>
    <message>
        <source>Deploy a function; then instances of it can be reserved.</source>
        <translation>先部署一个函数，然后才能为它预留实例。</translation>
    </message>
    <message>
        <source>Choose another group at the top to see the others.</source>
        <translation>在顶部选择其他分组以查看其余部署。</translation>
    </message>
    <message>
        <source>Nothing is reserved</source>
        <translation>尚未预留实例</translation>
    </message>
    <message>
        <source>Choose a function above, then add a rule that keeps instances ready at certain hours.</source>
        <translation>在上方选择函数，然后添加一条在特定时段保持实例就绪的规则。</translation>
    </message>
    <message>
        <source>The plan could not be read</source>
        <translation>无法读取计划</translation>
    </message>
    <message>
        <source>Loading the plan</source>
        <translation>正在加载计划</translation>
    </message>
    <message>
        <source>Nothing is reserved now.</source>
        <translation>当前没有预留实例。</translation>
    </message>
    <message>
        <source>base</source>
        <translation>基础</translation>
    </message>
    <message>
        <source>Requested %1 (%2) · allocated %3 · in use %4 · spill-over %5</source>
        <translation>应预留 %1（%2）· 已就位 %3 · 使用中 %4 · 超出 %5</translation>
    </message>
    <message>
        <source>Was: %1</source>
        <comment>state before the connection broke</comment>
        <translation>此前：%1</translation>
    </message>
    <message>
        <source>Requested: the floor that holds now. Allocated: ready instances that count towards it. In use: of those, busy in the last second. Spill-over: ready beyond it.</source>
        <translation>应预留：当前生效的下限。已就位：计入下限的就绪实例。使用中：其中上一秒有请求的实例。超出：超出下限的就绪实例。</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 → %2 h</source>
        <comment>instance-hours, old and new</comment>
        <translation>%1 → %2 小时</translation>
    </message>
    <message>
        <source>Base floor</source>
        <translation>基础下限</translation>
    </message>
    <message>
        <source>always, set in the Settings of the function</source>
        <translation>始终生效，在函数的“设置”中修改</translation>
    </message>
    <message>
        <source>off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Switch %1 on</source>
        <translation>启用 %1</translation>
    </message>
    <message>
        <source>Switch %1 off</source>
        <translation>停用 %1</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>%1 is switched on</source>
        <translation>%1 已启用</translation>
    </message>
    <message>
        <source>%1 is switched off</source>
        <translation>%1 已停用</translation>
    </message>
    <message>
        <source>%1 was not changed</source>
        <translation>未能修改 %1</translation>
    </message>
    <message>
        <source>Close the editor of the rule first.</source>
        <translation>请先关闭规则编辑器。</translation>
    </message>
    <message>
        <source>The plan is old: %1</source>
        <translation>此计划不是最新的：%1</translation>
    </message>
    <message>
        <source>Estimated cost</source>
        <translation>预计费用</translation>
    </message>
    <message>
        <source>Of these hours, at the price of memory that the platform&apos;s operator has set.</source>
        <translation>按平台管理员设置的内存单价计算的上述时长费用。</translation>
    </message>
    <message>
        <source>%1 → %2 %3</source>
        <comment>cost, old and new, currency</comment>
        <translation>%1 → %2 %3</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>cost, currency</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>nest::console::RuleEditor</name>
    <message>
        <source>The deployment is gone.</source>
        <translation>部署已不存在。</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>其他用户</translation>
    </message>
    <message>
        <source>%1 removed this rule.</source>
        <translation>%1 移除了这条规则。</translation>
    </message>
    <message>
        <source>%1 changed it meanwhile; the review shows what is left to change.</source>
        <translation>%1 在此期间修改了它；检查时会显示剩余的变更。</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>新规则</translation>
    </message>
    <message>
        <source>Keeps instances of %1 in %2 ready while it holds. The highest rule wins.</source>
        <translation>生效期间使分组 %2 中 %1 的实例保持就绪；多条规则同时生效时，以下限最高者为准。</translation>
    </message>
    <message>
        <source>The change is on its way.</source>
        <translation>变更正在提交。</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>Mend what is marked first.</source>
        <translation>请先修正标出的内容。</translation>
    </message>
    <message>
        <source>Nothing is changed.</source>
        <translation>没有变更。</translation>
    </message>
    <message>
        <source>Add the rule…</source>
        <translation>添加规则…</translation>
    </message>
    <message>
        <source>Review change…</source>
        <translation>检查变更…</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>As many instance-hours in the next 24 h</source>
        <translation>未来 24 小时的实例时不变</translation>
    </message>
    <message>
        <source>Remove rule…</source>
        <translation>移除规则…</translation>
    </message>
    <message>
        <source>Add the rule %1</source>
        <translation>添加规则 %1</translation>
    </message>
    <message>
        <source>Change the rule %1</source>
        <translation>修改规则 %1</translation>
    </message>
    <message>
        <source>Add the rule</source>
        <translation>添加规则</translation>
    </message>
    <message>
        <source>Change the rule</source>
        <translation>修改规则</translation>
    </message>
    <message>
        <source>%1 is added</source>
        <translation>%1 已添加</translation>
    </message>
    <message>
        <source>%1 is changed</source>
        <translation>%1 已修改</translation>
    </message>
    <message>
        <source>%1 was not changed</source>
        <translation>未能修改 %1</translation>
    </message>
    <message>
        <source>Remove the rule %1</source>
        <translation>移除规则 %1</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>%1 is removed</source>
        <translation>%1 已移除</translation>
    </message>
    <message>
        <source>%1 was not removed</source>
        <translation>未能移除 %1</translation>
    </message>
    <message>
        <source>Somebody else changed the deployment; look at it and send it again.</source>
        <translation>其他人修改了部署；请查看后重新提交。</translation>
    </message>
    <message>
        <source>What it would change is not known: %1</source>
        <translation>无法得知将有的变更：%1</translation>
    </message>
</context>
<context>
    <name>nest::console::RuleForm</name>
    <message>
        <source>min</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>On</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>lunch</source>
        <translation>lunch</translation>
    </message>
    <message>
        <source>none, or 2026-12-01 09:00</source>
        <translation>无，或 2026-12-01 09:00</translation>
    </message>
    <message>
        <source>none, or 2026-12-24 18:00</source>
        <translation>无，或 2026-12-24 18:00</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Floor</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>So many booted runtimes are kept ready while it holds</source>
        <translation>生效期间保持就绪的运行时数量</translation>
    </message>
    <message>
        <source>So many instances are kept ready while it holds</source>
        <translation>生效期间保持就绪的实例数</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>The times are those of the clocks there</source>
        <translation>时间以该时区的时钟为准</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起始日期</translation>
    </message>
    <message>
        <source>End</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>开关</translation>
    </message>
    <message>
        <source>Times of the day</source>
        <translation>每日时段</translation>
    </message>
    <message>
        <source>Cron</source>
        <translation>Cron</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>生效时间</translation>
    </message>
    <message>
        <source>From</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>To</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>星期</translation>
    </message>
    <message>
        <source>Minute, hour, day of month, month, weekday</source>
        <translation>分、时、日、月、星期</translation>
    </message>
    <message>
        <source>For</source>
        <translation>持续</translation>
    </message>
    <message>
        <source>So long it holds each time</source>
        <translation>每次生效的时长</translation>
    </message>
</context>
<context>
    <name>nest::console::RuleRow</name>
    <message>
        <source>On</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>%1 is on</source>
        <translation>%1 已启用</translation>
    </message>
    <message>
        <source>floor %1</source>
        <translation>下限 %1</translation>
    </message>
</context>
<context>
    <name>nest::console::ScalingHeader</name>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>成功率</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Ready / desired</source>
        <translation>就绪 / 期望</translation>
    </message>
    <message>
        <source>Cold starts</source>
        <translation>冷启动</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Cold starts %1</source>
        <comment>in the last so long</comment>
        <translation>冷启动（%1）</translation>
    </message>
    <message>
        <source>Choose a function</source>
        <translation>选择函数</translation>
    </message>
    <message>
        <source>req/s</source>
        <translation>次/秒</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <comment>ready, desired</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>No function is deployed</source>
        <translation>没有已部署的函数</translation>
    </message>
    <message>
        <source>Limited</source>
        <translation>受限</translation>
    </message>
    <message>
        <source>The load asks for more instances than the maximum allows.</source>
        <translation>负载需要的实例数超过最大实例数。</translation>
    </message>
    <message>
        <source>Was: %1</source>
        <comment>state before the connection broke</comment>
        <translation>此前：%1</translation>
    </message>
    <message>
        <source>Rule revision %1 · %2</source>
        <translation>规则修订 %1 · %2</translation>
    </message>
</context>
<context>
    <name>nest::console::ScalingPage</name>
    <message>
        <source>Scaling</source>
        <translation>弹性伸缩</translation>
    </message>
    <message>
        <source>Go to Functions</source>
        <translation>前往函数</translation>
    </message>
    <message>
        <source>newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>No function is deployed yet</source>
        <translation>还没有部署函数</translation>
    </message>
    <message>
        <source>Deploy one, and its load, its instances and each decision are shown here.</source>
        <translation>部署一个函数后，这里会显示它的负载、实例和每一次伸缩决策。</translation>
    </message>
    <message>
        <source>%1 is not deployed here</source>
        <translation>%1 未部署在此处</translation>
    </message>
    <message>
        <source>It has no deployment in %1. Choose another function or group above.</source>
        <translation>它在 %1 中没有部署。请在上方选择其他函数或分组。</translation>
    </message>
    <message>
        <source>The platform does not come back</source>
        <translation>平台没有恢复</translation>
    </message>
    <message>
        <source>Offline %1</source>
        <translation>离线 %1</translation>
    </message>
    <message>
        <source>Values are from %1 and shown dim.</source>
        <translation>数值截至 %1，以暗色显示。</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>next try in %1 s</source>
        <translation>%1 秒后重试</translation>
    </message>
    <message>
        <source>Older decision</source>
        <translation>较早的决策</translation>
    </message>
    <message>
        <source>Newer decision</source>
        <translation>较新的决策</translation>
    </message>
    <message>
        <source>Crosshair left</source>
        <translation>十字线左移</translation>
    </message>
    <message>
        <source>Crosshair right</source>
        <translation>十字线右移</translation>
    </message>
    <message>
        <source>Crosshair ten steps left</source>
        <translation>十字线左移十步</translation>
    </message>
    <message>
        <source>Crosshair ten steps right</source>
        <translation>十字线右移十步</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Back to live</source>
        <translation>返回实时</translation>
    </message>
</context>
<context>
    <name>nest::console::ScalingTab</name>
    <message>
        <source>Scaling</source>
        <translation>弹性伸缩</translation>
    </message>
</context>
<context>
    <name>nest::console::SecretChoice</name>
    <message>
        <source>The function has no secrets. They are set below, then chosen here.</source>
        <translation>该函数没有密钥。请先在下方设置，再在这里选择。</translation>
    </message>
    <message>
        <source>%1, read as %2</source>
        <translation>%1（以 %2 读取）</translation>
    </message>
    <message>
        <source>The function reads %2 as %1. Take that out first.</source>
        <translation>函数以 %1 读取密钥 %2。请先取消选择它。</translation>
    </message>
</context>
<context>
    <name>nest::console::SecretsBox</name>
    <message>
        <source>NAME</source>
        <translation>NAME</translation>
    </message>
    <message>
        <source>Name of the secret</source>
        <translation>密钥名称</translation>
    </message>
    <message>
        <source>Value, not shown again</source>
        <translation>值（保存后不再显示）</translation>
    </message>
    <message>
        <source>Value of the secret</source>
        <translation>密钥的值</translation>
    </message>
    <message>
        <source>Asking for the secrets…</source>
        <translation>正在读取密钥…</translation>
    </message>
    <message>
        <source>The secrets could not be read: %1</source>
        <translation>无法读取密钥：%1</translation>
    </message>
    <message>
        <source>No secrets yet. The function reads one as context.secrets.NAME.</source>
        <translation>还没有密钥。函数通过 context.secrets.NAME 读取。</translation>
    </message>
    <message>
        <source>changed %1 by %2</source>
        <translation>%2 于 %1 修改</translation>
    </message>
    <message>
        <source>used by no group</source>
        <translation>没有分组使用</translation>
    </message>
    <message>
        <source>used by %1</source>
        <translation>%1 正在使用</translation>
    </message>
    <message>
        <source>%1 hands it over. Take it out there first.</source>
        <translation>分组 %1 正在使用此密钥，请先在该分组的设置中取消选择。</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>替换…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove for good</source>
        <translation>彻底移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Set %1 of %2</source>
        <translation>设置 %2 的密钥 %1</translation>
    </message>
    <message>
        <source>Replace %1 of %2</source>
        <translation>替换 %2 的密钥 %1</translation>
    </message>
    <message>
        <source>%1 is new. No group hands it over yet.</source>
        <translation>%1 为新密钥，尚无分组使用。</translation>
    </message>
    <message>
        <source>%1 gets another value. The instances that have it are replaced.</source>
        <translation>%1 将使用新值，正在使用它的实例会被替换。</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>%1 is set.</source>
        <translation>%1 已设置。</translation>
    </message>
    <message>
        <source>Remove %1 of %2</source>
        <translation>移除 %2 的密钥 %1</translation>
    </message>
    <message>
        <source>%1 is gone then: nobody can read it again.</source>
        <translation>移除后 %1 无法恢复，任何人都不能再读取。</translation>
    </message>
    <message>
        <source>%1 is removed.</source>
        <translation>%1 已移除。</translation>
    </message>
    <message>
        <source>It was not done: %1</source>
        <translation>未完成：%1</translation>
    </message>
    <message>
        <source>The change is on its way.</source>
        <translation>变更正在提交。</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>A name has capital letters, figures and _, and begins with a letter.</source>
        <translation>名称由大写字母、数字和 _ 组成，并以字母开头。</translation>
    </message>
    <message>
        <source>Give it a value.</source>
        <translation>请填写值。</translation>
    </message>
    <message>
        <source>Somebody else set %1 meanwhile. Look at it and do it again.</source>
        <translation>其他用户在此期间设置了 %1。请查看后重试。</translation>
    </message>
</context>
<context>
    <name>nest::console::SessionBinding</name>
    <message>
        <source>Starting the local platform</source>
        <translation>正在启动本地平台</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>It needs no account, no network and no set-up. The first start takes a few seconds.</source>
        <translation>无需账号、网络或配置。首次启动需要几秒钟。</translation>
    </message>
    <message>
        <source>Waiting for an answer from %1.</source>
        <translation>正在等待 %1 的应答。</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>连接…</translation>
    </message>
</context>
<context>
    <name>nest::console::SettingsForm</name>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>时间限制</translation>
    </message>
    <message>
        <source>Reserved instances</source>
        <translation>预留实例</translation>
    </message>
    <message>
        <source>Maximum instances</source>
        <translation>最大实例数</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Add group…</source>
        <translation>添加分组…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>reserved</source>
        <translation>预留实例</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>最大实例数</translation>
    </message>
    <message>
        <source>The next request waits about &lt;b&gt;%1&lt;/b&gt; for a start.</source>
        <translation>下一个请求大约等待 &lt;b&gt;%1&lt;/b&gt; 启动。</translation>
    </message>
    <message>
        <source>The next request waits for a start.</source>
        <translation>下一个请求需等待启动。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Scales to zero.&lt;/b&gt; Without a request for 10 min no instance runs and nothing is used.</source>
        <translation>&lt;b&gt;缩容到 0。&lt;/b&gt;10 分钟没有请求后不运行任何实例，也不占用资源。</translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;%n instances always run&lt;/b&gt;, also without a request. No request waits for a start until they are busy.</source>
        <translation>
            <numerusform>&lt;b&gt;始终运行 %n 个实例&lt;/b&gt;，没有请求时也一样。在它们繁忙之前，请求无需等待启动。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::SettingsTab</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>In this group</source>
        <translation>在此分组中</translation>
    </message>
    <message>
        <source>These belong to the deployment. They take effect at once and need no new version.</source>
        <translation>这些属于部署，立即生效，不需要新版本。</translation>
    </message>
    <message>
        <source>In the code</source>
        <translation>在代码中</translation>
    </message>
    <message>
        <source>These stand in function.yaml and belong to a version: build and deploy to change them.</source>
        <translation>这些写在 function.yaml 中，属于版本：构建并部署后才会改变。</translation>
    </message>
    <message>
        <source>The function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>For people: how it is found and who looks after it.</source>
        <translation>供人查看：如何找到它，由谁负责。</translation>
    </message>
    <message>
        <source>Delete the function</source>
        <translation>删除函数</translation>
    </message>
    <message>
        <source>Offline: wait until the platform is back. What you typed stays.</source>
        <translation>离线：请等待平台恢复。您输入的内容会保留。</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>The function reads them; nobody else does, and nobody here again. A new value takes effect at once.</source>
        <translation>密钥只有函数能读取，保存后在此也无法查看。新值立即生效。</translation>
    </message>
</context>
<context>
    <name>nest::console::StatusLine</name>
    <message>
        <source>Ln %1, Col %2</source>
        <translation>行 %1，列 %2</translation>
    </message>
    <message>
        <source>Spaces %1</source>
        <translation>空格 %1</translation>
    </message>
    <message>
        <source>Tabs</source>
        <translation>制表符</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n 个错误</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n 个警告</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::SummaryTab</name>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>已完成的步骤</translation>
    </message>
    <message>
        <source>Where it runs</source>
        <translation>运行位置</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Change the code</source>
        <translation>修改代码</translation>
    </message>
    <message>
        <source>Edit, build and test it, then deploy the new version to a group.</source>
        <translation>编辑、构建并测试，然后将新版本部署到分组。</translation>
    </message>
    <message>
        <source>Open code</source>
        <translation>打开代码</translation>
    </message>
    <message>
        <source>See it scale</source>
        <translation>查看伸缩</translation>
    </message>
    <message>
        <source>Load, instances and the reason of each decision.</source>
        <translation>负载、实例以及每次决策的原因。</translation>
    </message>
    <message>
        <source>Open scaling</source>
        <translation>打开弹性伸缩</translation>
    </message>
    <message>
        <source>Set its environment and limits</source>
        <translation>设置环境变量与限制</translation>
    </message>
    <message>
        <source>Environment, memory, time limit, instances.</source>
        <translation>环境变量、内存、时间限制、实例数。</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>打开设置</translation>
    </message>
    <message>
        <source>Making %1</source>
        <translation>正在创建 %1</translation>
    </message>
    <message>
        <source>Offline: wait until the platform is back.</source>
        <translation>离线：请等待平台恢复。</translation>
    </message>
    <message>
        <source>%1 of %2 ready</source>
        <translation>%1 / %2 就绪</translation>
    </message>
    <message>
        <source>It is not deployed in any group yet.</source>
        <translation>尚未部署到任何分组。</translation>
    </message>
</context>
<context>
    <name>nest::console::TargetButton</name>
    <message>
        <source>Target of the request</source>
        <translation>请求的目标</translation>
    </message>
    <message>
        <source>Send to %1</source>
        <translation>发送到 %1</translation>
    </message>
    <message>
        <source>Draft (build it first)</source>
        <translation>草稿（先构建）</translation>
    </message>
    <message>
        <source>The draft has no build that passed. Build it, then send.</source>
        <translation>草稿没有成功的构建。请先构建，再发送。</translation>
    </message>
    <message>
        <source>%1 (%2: main answers)</source>
        <translation>%1（%2：由 main 响应）</translation>
    </message>
    <message>
        <source>This gateway is in %1 and sends there only when its own region fails.</source>
        <translation>此网关位于 %1，仅在本区域失败时才发往那里。</translation>
    </message>
    <message>
        <source>Not deployed anywhere</source>
        <translation>没有部署到任何分组</translation>
    </message>
</context>
<context>
    <name>nest::console::TestPanel</name>
    <message>
        <source>One request</source>
        <translation>单个请求</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>压测</translation>
    </message>
</context>
<context>
    <name>nest::console::VersionChooser</name>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>What is new in it</source>
        <translation>这个版本有什么新内容</translation>
    </message>
    <message>
        <source>Publish the build first.</source>
        <translation>请先发布该构建。</translation>
    </message>
    <message>
        <source>Nothing is published. Build the function and publish it first.</source>
        <translation>还没有发布任何版本。请先构建函数并发布。</translation>
    </message>
    <message>
        <source>The versions are still being read.</source>
        <translation>正在读取版本。</translation>
    </message>
    <message>
        <source>Publish build #%1 as %2…</source>
        <translation>将构建 #%1 发布为 %2…</translation>
    </message>
    <message>
        <source>Publishing…</source>
        <translation>正在发布…</translation>
    </message>
    <message>
        <source>Publish %1</source>
        <translation>发布 %1</translation>
    </message>
    <message>
        <source>build %1</source>
        <translation>构建 %1</translation>
    </message>
    <message>
        <source>build %1, %2 ago</source>
        <translation>构建 %1，%2前</translation>
    </message>
    <message>
        <source>no tests</source>
        <translation>没有测试</translation>
    </message>
    <message numerus="yes">
        <source>%n tests passed</source>
        <translation>
            <numerusform>%n 个测试通过</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tests failed</source>
        <translation>
            <numerusform>%n 个测试失败</numerusform>
        </translation>
    </message>
    <message>
        <source>Published as v%1. It can be deployed now.</source>
        <translation>已发布为 v%1，现在可以部署。</translation>
    </message>
</context>
<context>
    <name>nest::console::VersionRows</name>
    <message>
        <source>%1 today</source>
        <translation>今天 %1</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>By</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>发布时间</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Tests</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Live in</source>
        <translation>运行于</translation>
    </message>
</context>
<context>
    <name>nest::console::VersionsTab</name>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Filter versions</source>
        <translation>筛选版本</translation>
    </message>
    <message>
        <source>versions never change</source>
        <translation>版本不会改变</translation>
    </message>
    <message>
        <source>Offline: nothing can be deployed.</source>
        <translation>离线：无法部署。</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Compare v%1 and v%2</source>
        <translation>比较 v%1 和 v%2</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Choose two versions with a click or Space.</source>
        <translation>单击或按空格选择两个版本。</translation>
    </message>
    <message>
        <source>Deploy v%1…</source>
        <translation>部署 v%1…</translation>
    </message>
    <message>
        <source>Deploy…</source>
        <translation>部署…</translation>
    </message>
    <message>
        <source>Nothing is published yet</source>
        <translation>还没有发布任何版本</translation>
    </message>
    <message>
        <source>A version is a build that is kept for good: it can be deployed, compared and gone back to. Build the code, then publish it.</source>
        <translation>版本是永久保留的构建：可以部署、比较，也可以回退到它。请先构建代码，再发布。</translation>
    </message>
    <message>
        <source>Go to the code</source>
        <translation>前往代码</translation>
    </message>
    <message numerus="yes">
        <source>%n versions are hidden by “%1”.</source>
        <translation>
            <numerusform>“%1”隐藏了 %n 个版本。</numerusform>
        </translation>
    </message>
    <message>
        <source>The versions could not be read</source>
        <translation>无法读取版本</translation>
    </message>
    <message>
        <source>Retry; the console also tries again by itself</source>
        <translation>重试；控制台也会自动重试</translation>
    </message>
</context>
<context>
    <name>nest::console::WhyPanel</name>
    <message>
        <source>Newer decision (K)</source>
        <translation>较新的决策（K）</translation>
    </message>
    <message>
        <source>Older decision (J)</source>
        <translation>较早的决策（J）</translation>
    </message>
    <message>
        <source>Copy the decision&apos;s id</source>
        <translation>复制决策编号</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>需要</translation>
    </message>
    <message>
        <source>Limits met</source>
        <translation>遇到的限制</translation>
    </message>
    <message>
        <source>Took away</source>
        <translation>减少</translation>
    </message>
</context>
<context>
    <name>nest::console::WindowRow</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>idle %1</source>
        <translation>空闲 %1</translation>
    </message>
    <message>
        <source>idle %1, was %2</source>
        <translation>空闲 %1，原为 %2</translation>
    </message>
</context>
<context>
    <name>nest::explain::ClampGauge</name>
    <message>
        <source>result %1</source>
        <translation>结果 %1</translation>
    </message>
</context>
<context>
    <name>nest::explain::FormulaView</name>
    <message>
        <source>%1 / (%2 × %3) = %4, rounded up %5</source>
        <translation>%1 / (%2 × %3) = %4，向上取整 %5</translation>
    </message>
    <message>
        <source>%1, cut to %2</source>
        <translation>%1，截断为 %2</translation>
    </message>
</context>
<context>
    <name>nest::models::DecisionsModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>触发原因</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>nest::models::Draft</name>
    <message>
        <source>Unsaved text cannot be kept on this computer. %1 Save before you close the window.</source>
        <translation>未保存的内容无法保留在本机。%1 请在关闭窗口前保存。</translation>
    </message>
    <message>
        <source>%1 was not saved and is kept on this computer. %2</source>
        <translation>%1 未保存，已保留在本机。%2</translation>
    </message>
    <message>
        <source>A file needs a name.</source>
        <translation>文件需要名称。</translation>
    </message>
    <message>
        <source>A path has names between its slashes, and neither “.” nor “..”.</source>
        <translation>路径的斜杠之间必须有名称，且不能是“.”或“..”。</translation>
    </message>
    <message>
        <source>There is a file %1 already.</source>
        <translation>文件 %1 已存在。</translation>
    </message>
    <message>
        <source>%1 cannot be a file and a folder.</source>
        <translation>%1 不能既是文件又是文件夹。</translation>
    </message>
    <message>
        <source>Offline: a saved file is renamed when the platform answers again.</source>
        <translation>离线：平台恢复响应后才能重命名已保存的文件。</translation>
    </message>
    <message>
        <source>%1 was not renamed. %2</source>
        <translation>%1 未重命名。%2</translation>
    </message>
    <message>
        <source>%1 was copied to %2, but the old file is still there. %3</source>
        <translation>%1 已复制为 %2，但旧文件仍在。%3</translation>
    </message>
    <message>
        <source>%1 was not deleted. %2</source>
        <translation>未能删除 %1。%2</translation>
    </message>
    <message>
        <source>%1 did not come back. %2</source>
        <translation>%1 未能恢复。%2</translation>
    </message>
    <message>
        <source>%1 was deleted elsewhere.</source>
        <translation>%1 已在别处删除。</translation>
    </message>
</context>
<context>
    <name>nest::models::FunctionCreator</name>
    <message>
        <source>Cancelled. What was made before stays.</source>
        <translation>已取消。之前完成的内容会保留。</translation>
    </message>
</context>
<context>
    <name>nest::models::FunctionsModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message numerus="yes">
        <source>Requests, %n min</source>
        <comment>of a sparkline</comment>
        <translation>
            <numerusform>请求，%n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>req/s</source>
        <translation>次/秒</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>成功率</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Ready / desired</source>
        <translation>就绪 / 期望</translation>
    </message>
    <message>
        <source>%1 in %2 of %3 groups</source>
        <comment>v2 in 1 of 3 groups</comment>
        <translation>%1 在 %2 个分组（共 %3 个）</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>v2 in 1</comment>
        <translation>%1 在 %2 个分组</translation>
    </message>
</context>
<context>
    <name>nest::models::Guard</name>
    <message>
        <source>Production is read-only</source>
        <translation>生产环境只读</translation>
    </message>
    <message>
        <source>Unlocked %1</source>
        <comment>time left, minutes and seconds</comment>
        <translation>已解锁 %1</translation>
    </message>
    <message>
        <source>Production is read-only. Unlock it for 15 minutes with a reason.</source>
        <translation>生产环境只读。填写原因后可解锁 15 分钟。</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>This connection is read-only. Unlock it for 15 minutes with a reason.</source>
        <translation>此连接为只读。填写理由可解锁 15 分钟。</translation>
    </message>
</context>
<context>
    <name>nest::widgets::CommandLine</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>nest::widgets::DiffView</name>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>A binary file that is new.</source>
        <translation>新增的二进制文件。</translation>
    </message>
    <message>
        <source>A binary file that is gone.</source>
        <translation>已删除的二进制文件。</translation>
    </message>
    <message>
        <source>A binary file; it differs.</source>
        <translation>二进制文件，内容不同。</translation>
    </message>
    <message>
        <source>The file is too large to be compared here.</source>
        <translation>文件过大，无法在此比较。</translation>
    </message>
    <message>
        <source>No difference.</source>
        <translation>没有差异。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件为空。</translation>
    </message>
    <message>
        <source>The rest is left out: the difference is too long to be shown whole.</source>
        <translation>差异过长，其余部分未显示。</translation>
    </message>
</context>
<context>
    <name>nest::widgets::ErrorState</name>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>nest::widgets::HistogramView</name>
    <message>
        <source>%1 k</source>
        <translation>%1 k</translation>
    </message>
    <message>
        <source>Latency, requests per bin</source>
        <translation>延迟，每区间请求数</translation>
    </message>
    <message>
        <source>%1 %2 ms</source>
        <translation>%1 %2 毫秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>还没有响应</translation>
    </message>
</context>
<context>
    <name>nest::widgets::JobStrip</name>
    <message>
        <source>What runs</source>
        <translation>正在运行的任务</translation>
    </message>
    <message>
        <source>More jobs</source>
        <translation>更多任务</translation>
    </message>
    <message>
        <source>Show what runs</source>
        <translation>查看正在运行的任务</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what the button does: which job</comment>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n more jobs run</source>
        <translation>
            <numerusform>还有 %n 个任务在运行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::widgets::LoadingBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>nest::widgets::MainWindow</name>
    <message>
        <source>Nest Console</source>
        <translation>Nest 控制台</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>转到%1</translation>
    </message>
    <message>
        <source>%1 · Nest Console</source>
        <translation>%1 · Nest 控制台</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色与深色</translation>
    </message>
    <message>
        <source>Filter this page</source>
        <translation>筛选此页面</translation>
    </message>
    <message>
        <source>Refresh and sort now</source>
        <translation>立即刷新并排序</translation>
    </message>
    <message>
        <source>Choose a SET</source>
        <translation>选择 SET</translation>
    </message>
    <message>
        <source>Choose a lane</source>
        <translation>选择泳道</translation>
    </message>
    <message>
        <source>Choose a region</source>
        <translation>选择区域</translation>
    </message>
    <message>
        <source>Choose the time range</source>
        <translation>选择时间范围</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>窗口的下一部分</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>This is the first page you have seen.</source>
        <translation>这是您浏览的第一个页面。</translation>
    </message>
    <message>
        <source>This is the last page you have seen.</source>
        <translation>这是您浏览的最后一个页面。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Choose a connection</source>
        <translation>选择连接</translation>
    </message>
</context>
<context>
    <name>nest::widgets::MessageList</name>
    <message>
        <source>Last messages</source>
        <translation>最近的消息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Nothing was said yet. What is done, and what fails, is kept here.</source>
        <translation>还没有消息。做了什么、失败了什么，都会保留在这里。</translation>
    </message>
</context>
<context>
    <name>nest::widgets::NoResult</name>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
</context>
<context>
    <name>nest::widgets::Palette</name>
    <message>
        <source>↑ ↓ choose   ↵ open   Tab actions</source>
        <translation>↑ ↓ 选择   ↵ 打开   Tab 操作</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>搜索或执行命令</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>Nothing matches. Type less, or &gt; for commands.</source>
        <translation>没有匹配项。请减少输入，或输入 &gt; 查看命令。</translation>
    </message>
    <message>
        <source>&gt; commands   @ versions   ? keys   Esc close</source>
        <translation>&gt; 命令   @ 版本   ? 快捷键   Esc 关闭</translation>
    </message>
</context>
<context>
    <name>nest::widgets::PhasesBar</name>
    <message>
        <source>Where the time went</source>
        <translation>时间分布</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>取制品</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>User init</source>
        <translation>用户初始化</translation>
    </message>
    <message>
        <source>Handler</source>
        <translation>处理函数</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>%1 %2 ms</source>
        <translation>%1 %2 毫秒</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
</context>
<context>
    <name>nest::widgets::Rail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>nest::widgets::StatusBar</name>
    <message>
        <source>State of the connection</source>
        <translation>连接状态</translation>
    </message>
    <message>
        <source>Round trip %1 ms</source>
        <translation>往返 %1 ms</translation>
    </message>
    <message>
        <source>Platform %1</source>
        <translation>平台 %1</translation>
    </message>
    <message>
        <source>Read the last messages again</source>
        <translation>重新查看最近的消息</translation>
    </message>
    <message numerus="yes">
        <source>%n messages</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::widgets::TabStrip</name>
    <message>
        <source>Tab %1 of %2</source>
        <translation>标签页 %1，共有：%2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>nest::widgets::TableView</name>
    <message>
        <source>Reset columns</source>
        <translation>重置列</translation>
    </message>
</context>
<context>
    <name>nest::widgets::TableView::SortHint</name>
    <message>
        <source>1 change, press R to sort</source>
        <translation>1 处变化，按 R 排序</translation>
    </message>
    <message numerus="yes">
        <source>%n changes, press R to sort</source>
        <translation>
            <numerusform>%n 处变化，按 R 排序</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::widgets::Toast</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>nest::widgets::ToastArea</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>nest::widgets::TopBar</name>
    <message>
        <source>SET</source>
        <translation>SET</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>泳道</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Last %1</source>
        <translation>最近 %1</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
</TS>
