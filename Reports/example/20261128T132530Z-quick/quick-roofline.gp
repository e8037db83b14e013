# gnuplot quick-roofline.gp draws quick-roofline.svg and quick-roofline.png, of figures in quick.csv.
reset
set encoding utf8
set lmargin at screen 0.13889
set rmargin at screen 0.78704
set tmargin at screen 0.73121
set bmargin at screen 0.12428
set border 3 linecolor '#404040'
set tics nomirror out textcolor '#202020'
set grid xtics back linetype 1 linecolor '#dddddd' linewidth 0.6
set grid ytics back linetype 1 linecolor '#dddddd' linewidth 0.6
set errorbars small
set label 'Roofline' at screen 0.01620, screen 0.97110 left font ',14'
set label 'A little of everything · Intel(R) Xeon(R) Processor · 1 thread' at screen 0.01620, screen 0.94220 left font ',11' textcolor '#505050'
set label 'The ceilings are in doubt: the three best measurements differ by more than 3 % on L1, 2 threads; L3, 2 threads' at screen 0.01620, screen 0.01734 left font ',11' textcolor '#8a1c1c'
set key at screen 0.01620, screen 0.92486 left top horizontal maxcols 3 Left reverse samplen 3 width 1 noenhanced
set logscale x
set xrange [0.06303290953760718:359.4484857045715]
set xtics ('' 0.07 1, '' 0.08 1, '' 0.09 1, '0.1' 0.1, '' 0.2 1, '' 0.30000000000000004 1, '' 0.4 1, '' 0.5 1, '' 0.6000000000000001 1, '' 0.7000000000000001 1, '' 0.8 1, '' 0.9 1, '1' 1, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10' 10, '' 20 1, '' 30 1, '' 40 1, '' 50 1, '' 60 1, '' 70 1, '' 80 1, '' 90 1, '100' 100, '' 200 1, '' 300 1)
set xlabel 'Executed operations per byte of least traffic (2 per MAC, 1 for any other on an element)'
set logscale y
set yrange [321731383.49788976:377074353005.79736]
set ytics ('' 400000000 1, '' 500000000 1, '' 600000000 1, '' 700000000 1, '' 800000000 1, '' 900000000 1, '1 Gop/s' 1000000000, '' 2000000000 1, '' 3000000000 1, '' 4000000000 1, '' 5000000000 1, '' 6000000000 1, '' 7000000000 1, '' 8000000000 1, '' 9000000000 1, '10 Gop/s' 10000000000, '' 20000000000 1, '' 30000000000 1, '' 40000000000 1, '' 50000000000 1, '' 60000000000 1, '' 70000000000 1, '' 80000000000 1, '' 90000000000 1, '100 Gop/s' 100000000000, '' 200000000000 1, '' 300000000000 1)
set ylabel 'Executed operations per second, at the median latency'
$level1 << e
0.06303290953760718 21138393633.964504
0.6388629202839707 214245796143.1953
e
set label 'L1 335 GB/s' at 0.08531586136290328,28611090205.725163 left rotate by 42.5 offset character -0.77,0.37 font ',10' textcolor '#404040'
$level2 << e
0.06303290953760718 10382182000.847717
1.300741586499254 214245796143.19528
e
set label 'L2 165 GB/s' at 0.08531586136290328,14052418121.366932 left rotate by 42.5 offset character -0.77,0.37 font ',10' textcolor '#404040'
$level3 << e
0.06303290953760718 1168808652.938563
11.554103277002783 214245796143.1953
e
set label 'L3 18.5 GB/s' at 0.08531586136290328,1581997685.4213545 left rotate by 42.5 offset character -0.77,0.37 font ',10' textcolor '#404040'
$level4 << e
0.06303290953760718 1093147818.694729
12.353805822191294 214245796143.1953
e
set label 'memory 17.3 GB/s' at 0.08531586136290328,1479589764.0307474 left rotate by 42.5 offset character 0.77,-0.37 font ',10' textcolor '#404040'
$limit1 << e
0.6388629202839707 214245796143.1953
359.4484857045715 214245796143.1953
e
set label '214 GFLOP/s, avx512 512 bit' at graph 1, graph 0.9200 left offset character 0.8,0 font ',10' textcolor '#202020'
$limit2 << e
0.3122199213733068 104704473373.81381
359.4484857045715 104704473373.81381
e
set label '105 GFLOP/s, avx2 256 bit' at graph 1, graph 0.8187 left offset character 0.8,0 font ',10' textcolor '#202020'
$limit3 << e
0.09825295380421081 32949607251.970444
359.4484857045715 32949607251.970444
e
set label '32.9 GFLOP/s, baseline 128 bit' at graph 1, graph 0.6551 left offset character 0.8,0 font ',10' textcolor '#202020'
$series1 << e
0.4987012987012987 25166360882.36549
65.10154905335628 112958035423.29494
e
$series2 << e
0.4987012987012987 23638345623.597305
65.10154905335628 144792723436.9592
e
$series3 << e
233.25619834710744 148538827209.45
60.827586206896555 168083048846.4469
17.209756097560977 113358733894.21661
25.188755020080322 159117222242.86792
2.23715916296766 69013193866.63496
11.878787878787879 149401895913.79266
e
$series4 << e
58.31404958677686 126659558657.374
e
$series5 << e
233.25619834710744 146766883616.76816
60.827586206896555 84698261423.83014
17.209756097560977 25018666585.87205
25.188755020080322 130600820890.44817
2.23715916296766 491619884.6749816
11.878787878787879 821664911.0800028
e
$series6 << e
233.25619834710744 31579986508.120464
60.827586206896555 29830010322.601624
17.209756097560977 22293572313.16427
25.188755020080322 19984169479.64277
2.23715916296766 17407298269.659073
11.878787878787879 16612686011.932693
e
$series7 << e
49.4423828125 122586243238.84184
e
$series8 << e
49.4423828125 72830725867.40077
e
$series9 << e
0.4225738333283294 13833445952.863607
0.4225738333283294 8598279285.241562
0.48264239395153885 8743231066.641861
0.48264239395153885 8660569981.8125
e
$series10 << e
0.4225738333283294 3910534846.0291734
0.4225738333283294 3840378362.4002366
0.48264239395153885 6222121935.663614
0.48264239395153885 5028457867.711433
e
$series11 << e
0.4225738333283294 1790897908.9790897
0.4225738333283294 1768340819.3820608
0.48264239395153885 2229473573.0503197
0.48264239395153885 2157259168.6085176
e
$series12 << e
0.8712285616582491 38665499252.12506
e
$series13 << e
0.625 15928912846.644627
e
$series14 << e
0.625 4103164917.41925
e
$series15 << e
3.8459778027927918 50988256061.79154
e
$series16 << e
3.8459778027927918 3740885465.4532285
e
set terminal svg noenhanced size 864,692 font 'sans-serif,12' background '#ffffff'
set output 'quick-roofline.svg'
plot $level1 using 1:2 with lines linewidth 1.4 linecolor '#707070' notitle, \
    $level2 using 1:2 with lines linewidth 1.4 linecolor '#707070' notitle, \
    $level3 using 1:2 with lines linewidth 1.4 linecolor '#707070' notitle, \
    $level4 using 1:2 with lines linewidth 1.4 linecolor '#707070' notitle, \
    $limit1 using 1:2 with lines linewidth 2 dashtype 1 linecolor '#404040' notitle, \
    $limit2 using 1:2 with lines linewidth 1.2 dashtype 2 linecolor '#404040' notitle, \
    $limit3 using 1:2 with lines linewidth 1.2 dashtype 2 linecolor '#404040' notitle, \
    $series1 using 1:2 with points pointtype 7 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'matmul, native', \
    $series2 using 1:2 with points pointtype 7 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'matmul, openblas', \
    $series3 using 1:2 with points pointtype 5 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'conv2d, native', \
    $series4 using 1:2 with points pointtype 5 pointsize 1.1 linewidth 1.4 linecolor '#8a63b0' title 'conv2d, winograd', \
    $series5 using 1:2 with points pointtype 5 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'conv2d, openblas', \
    $series6 using 1:2 with points pointtype 5 pointsize 1.1 linewidth 1.4 linecolor '#1f8a70' title 'conv2d, plain', \
    $series7 using 1:2 with points pointtype 9 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'attention, native', \
    $series8 using 1:2 with points pointtype 9 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'attention, openblas', \
    $series9 using 1:2 with points pointtype 13 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'spmm, native', \
    $series10 using 1:2 with points pointtype 13 pointsize 1.1 linewidth 1.4 linecolor '#7c2238' title 'spmm, fused', \
    $series11 using 1:2 with points pointtype 13 pointsize 1.1 linewidth 1.4 linecolor '#2674ab' title 'spmm, gather-scatter', \
    $series12 using 1:2 with points pointtype 11 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'layer_norm, native', \
    $series13 using 1:2 with points pointtype 15 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'softmax, native', \
    $series14 using 1:2 with points pointtype 15 pointsize 1.1 linewidth 1.4 linecolor '#1f8a70' title 'softmax, plain', \
    $series15 using 1:2 with points pointtype 6 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'mobilenet_v2, native', \
    $series16 using 1:2 with points pointtype 6 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'mobilenet_v2, openblas'
set terminal pngcairo noenhanced size 1728,1384 font 'sans-serif,12' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
set output 'quick-roofline.png'
replot
unset output
