<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Cells</name>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
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
        <source>The scaling rule was changed (&lt;b&gt;r%1&lt;/b&gt;).</source>
        <translation>伸缩规则已更改（&lt;b&gt;r%1&lt;/b&gt;）。</translation>
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
        <source>show this page first: functions, scaling</source>
        <translation>首先显示此页面：functions、scaling</translation>
    </message>
    <message>
        <source>show the scaling of this function first</source>
        <translation>首先显示此函数的伸缩页面</translation>
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
        <source>--theme is dark, light or system, not "%1".</source>
        <translation>--theme 只能是 dark、light 或 system，不能是“%1”。</translation>
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
        <source>rule r%1</source>
        <translation>规则 r%1</translation>
    </message>
    <message>
        <source>%1, %2 × %3, %4 to %5</source>
        <comment>metric, threshold, utilisation, least and most instances</comment>
        <translation>%1，%2 × %3，%4 至 %5</translation>
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
        <source>panic ≥ %1 = %2 × ready</source>
        <translation>恐慌 ≥ %1 = %2 × 就绪</translation>
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
        <source>allowed range, no clamp</source>
        <translation>允许范围，未截断</translation>
    </message>
    <message>
        <source>added %1</source>
        <translation>增加 %1</translation>
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
    <message>
        <source>The groups have different weights; these are those of the first.</source>
        <translation>各分组权重不同，此处为第一个分组的权重。</translation>
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
        <source>Make one from a template and deploy it; it appears here at once. In a terminal:</source>
        <translation>从模板创建并部署一个函数，它会立即出现在这里。在终端中：</translation>
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
        <source>Rule r%1 · %2</source>
        <translation>规则 r%1 · %2</translation>
    </message>
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
</context>
<context>
    <name>nest::console::SessionBinding</name>
    <message numerus="yes">
        <source>The local platform ended by itself %n times and was started again</source>
        <translation>
            <numerusform>本地平台已自行退出 %n 次，并已重新启动</numerusform>
        </translation>
    </message>
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
        <source>Copy the decision's id</source>
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
    <name>nest::widgets::ErrorState</name>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
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
</context>
</TS>
